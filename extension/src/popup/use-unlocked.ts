/** The unlocked popup's state, and what it asks of the background. */

import { useCallback, useEffect, useMemo, useReducer } from "preact/hooks";
import type { EntryEdit, EntryView } from "../entry-view";
import { failureOf } from "../messaging";
import { groupDigits, liveCode, millisecondsToRefresh, receiveCodes } from "../ui/code-clock";
import { entryName } from "../ui/entry-words";
import type { PopupView, Settings } from "../protocol";
import { type PageServices, useServices } from "../ui/services";
import {
  type FillQuestion,
  initialState,
  reduce,
  type UnlockedAction,
  type UnlockedState,
} from "./unlocked-state";

export type UnlockedCommands = {
  copyCode: (entry: EntryView) => Promise<void>;
  /** Fills the code into the prompt of the tab in front, and closes the popup when it did. */
  fillCode: (entry: EntryView) => Promise<void>;
  saveEdit: (entry: EntryView, edit: EntryEdit) => Promise<void>;
  deleteEntry: (entry: EntryView) => Promise<void>;
  lock: () => Promise<void>;
};

/** After a failed reading of the codes, in milliseconds. */
const RETRY_MS = 2000;

/** So many milliseconds after a step has begun, the background is in it too. */
const STEP_MARGIN_MS = 50;

export function useUnlocked(
  open: NonNullable<PopupView["open"]>,
  settings: Settings,
  onLocked: () => void,
) {
  const services = useServices();
  const { background, clock } = services;
  const [state, dispatch] = useReducer(reduce, undefined, () =>
    initialState(open, settings, clock()),
  );
  const fail = useCallback(
    (thrown: unknown) => {
      const failure = failureOf(thrown);
      if (failure.kind === "locked") onLocked();
      else dispatch({ type: "failed", failure });
    },
    [onLocked],
  );

  const tabIsKnown = open.tab !== undefined;
  useEffect(() => {
    if (tabIsKnown) return;
    // Without an answer the popup copies instead of filling.
    background.readTab({}).then(
      (tab) => dispatch({ type: "tabRead", tab }),
      () => undefined,
    );
  }, [background, tabIsKnown]);

  useCodes(services, state, dispatch, fail);

  const commands = useMemo(
    () => commandsOf(services, state, dispatch, fail, onLocked),
    [services, state, fail, onLocked],
  );
  return { state, dispatch, commands };
}

type Dispatch = (action: UnlockedAction) => void;

/** Reads the codes when a step ends, and when an entry without a code appears. */
function useCodes(
  { background, clock }: PageServices,
  { codes, entries }: UnlockedState,
  dispatch: Dispatch,
  fail: (thrown: unknown) => void,
): void {
  const lacksCodes = entries.some(
    ({ entryId, type }) => type === "totp" && !codes.byEntry.has(entryId),
  );
  const read = useCallback(
    () =>
      background
        .readCodes({})
        .then((view) => dispatch({ type: "codesRead", codes: receiveCodes(view, clock()) })),
    [background, clock, dispatch],
  );
  useEffect(() => {
    if (lacksCodes) read().catch(fail);
  }, [read, fail, lacksCodes]);
  useEffect(() => {
    const wait = millisecondsToRefresh(codes, clock());
    if (wait === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      // Reading counts as use: a tab that nobody sees must not keep the vault open.
      if (document.hidden) return;
      read().catch((thrown) => {
        fail(thrown);
        timer = setTimeout(refresh, RETRY_MS);
      });
    };
    timer = setTimeout(refresh, wait + STEP_MARGIN_MS);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", refresh);
    };
  }, [codes, clock, read, fail]);
}

function commandsOf(
  { background, clock, closePopup, copyText, words }: PageServices,
  { codes, prompt, question }: UnlockedState,
  dispatch: Dispatch,
  fail: (thrown: unknown) => void,
  onLocked: () => void,
): UnlockedCommands {
  // Goes on as a failure that the screen shows, should it still be there.
  const leaveIfLocked = (thrown: unknown): never => {
    if (failureOf(thrown).kind === "locked") onLocked();
    throw thrown;
  };
  const attempt = (work: () => Promise<void>) => work().catch(fail);
  return {
    copyCode: (entry) =>
      attempt(async () => {
        const live = liveCode(codes, entry.entryId, clock());
        if (live === undefined) return;
        await copyText(live.code);
        await background.codeCopied({ entryId: entry.entryId, code: live.code });
        const code = groupDigits(live.code);
        dispatch({ type: "toastWanted", text: words("codeCopied", { code }) });
      }),
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
    saveEdit: async (entry, edit) => {
      const stored = await background
        .editEntry({ entryId: entry.entryId, edit })
        .catch(leaveIfLocked);
      const name = entryName(stored.entry, words);
      dispatch({ type: "entryStored", entry: stored.entry, text: words("entrySaved", { name }) });
    },
    deleteEntry: async (entry) => {
      const { entryId } = entry;
      const name = entryName(entry, words);
      await background.deleteEntry({ entryId }).catch(leaveIfLocked);
      const onUndo = () =>
        void attempt(async () => {
          const restored = await background.restoreEntry({ entryId });
          const text = words("entryRestored", { name });
          dispatch({ type: "entryStored", entry: restored.entry, text });
        });
      dispatch({ type: "entryDeleted", entryId, text: words("entryDeleted", { name }), onUndo });
    },
    lock: () =>
      attempt(async () => {
        await background.lockVault({});
        onLocked();
      }),
  };
}
