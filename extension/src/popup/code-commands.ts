/** What is done with codes: copied, filled, shown, put into a command. */

import type { EntryView } from "../entry-view";
import { entryName } from "../list/entry-words";
import { type StsCommand, stsCommandLine } from "../sts-command";
import { groupDigits, liveCode } from "../ui/code-clock";
import type { PageServices } from "../ui/services";
import type { FillQuestion, UnlockedAction, UnlockedState } from "./unlocked-state";

export type CodeCommands = {
  copyCode: (entry: EntryView) => Promise<void>;
  /** Fills the code into the prompt of the tab in front, and closes the popup when it did. */
  fillCode: (entry: EntryView) => Promise<void>;
  /** Copies the command for the AWS CLI, with the code that holds now. */
  copyCommand: (
    entry: EntryView,
    command: Extract<StsCommand, { serialNumber: string }>,
  ) => Promise<void>;
  /** Shows a hidden code for a while, or hides it again. */
  toggleReveal: (entry: EntryView) => void;
};

type CodeContext = {
  services: PageServices;
  state: UnlockedState;
  dispatch: (action: UnlockedAction) => void;
  attempt: (work: () => Promise<void>) => Promise<void>;
};

/** How long a code that was asked for stays, in milliseconds. */
const REVEALED_MS = 20_000;

/** Whether the code of an entry is hidden. `RevealEnd` ends what was shown. */
export function isHidden(
  { revealed, settings }: Pick<UnlockedState, "revealed" | "settings">,
  entryId: string,
): boolean {
  return settings.hideCodes && revealed?.entryId !== entryId;
}

export function codeCommands({ services, state, dispatch, attempt }: CodeContext): CodeCommands {
  const { background, clock, closePopup, copyText, words } = services;
  const { codes, prompt, question } = state;
  const liveCodeOf = ({ entryId }: EntryView) => liveCode(codes, entryId, clock());
  /** The background hears of it, for the clipboard and for what was used last. */
  const copy = async ({ entryId }: EntryView, text: string) => {
    await copyText(text);
    await background.codeCopied({ entryId, text });
  };
  return {
    copyCode: (entry) =>
      attempt(async () => {
        const live = liveCodeOf(entry);
        if (live === undefined) return;
        await copy(entry, live.code);
        const text = isHidden(state, entry.entryId)
          ? words("copiedCodeOf", { name: entryName(entry, words) })
          : words("codeCopied", { code: groupDigits(live.code) });
        dispatch({ type: "toastWanted", text });
      }),
    copyCommand: (entry, command) =>
      attempt(async () => {
        const live = liveCodeOf(entry);
        if (live === undefined) return;
        await copy(entry, stsCommandLine(command, live.code));
        const seconds = live.remainingSeconds;
        dispatch({ type: "toastWanted", text: words("stsCommandCopied", { seconds }) });
      }),
    toggleReveal: ({ entryId }) => {
      if (!state.settings.hideCodes) return;
      dispatch(
        isHidden(state, entryId)
          ? { type: "codeRevealed", entryId, until: clock() + REVEALED_MS }
          : { type: "codeConcealed" },
      );
    },
    fillCode: (entry) =>
      attempt(async () => {
        if (prompt === undefined) return;
        const { entryId } = entry;
        const { tabId } = prompt;
        const confirmed = question?.entryId === entryId ? question.about : "nothing";
        const answer = await background.fillEntry({ entryId, tabId, confirmed });
        if (answer.outcome === "unsure") {
          const text = words("fillUnsure");
          dispatch({ type: "fillHeld", question: { entryId, about: "field" }, text });
          return;
        }
        if (answer.outcome === "waiting") {
          const { used, seconds } = answer;
          const text = words(used ? "fillWaitsUsed" : "fillWaits", { seconds });
          const asked: FillQuestion | undefined = used ? { entryId, about: "usedCode" } : undefined;
          dispatch({ type: "fillHeld", question: asked, text });
        }
        const { outcome } =
          answer.outcome === "waiting"
            ? await background.awaitFill({ tabId }).finally(() => dispatch({ type: "fillEnded" }))
            : answer;
        if (outcome === "filled") {
          dispatch({ type: "toastWanted", text: words("filled") });
          closePopup();
        } else {
          const kind = outcome === "noField" ? "fillNoField" : "fillRefused";
          dispatch({ type: "failed", failure: { kind } });
        }
      }),
  };
}
