/** What the unlocked popup shows, and how it changes: replaced as a whole, never edited. */

import type { EntryView } from "../entry-view";
import { keptEntries } from "../list/entry-words";
import type {
  Confirmed,
  Failure,
  PopupView,
  Settings,
  TabEnrolment,
  TabPrompt,
  TabView,
} from "../protocol";
import { type ReceivedCodes, receiveCodes } from "../ui/code-clock";
import type { ToastContent } from "../ui/toast";

export type Screen =
  | { name: "list" }
  | { name: "add" }
  | { name: "scan" }
  | { name: "edit"; entryId: string }
  | { name: "qr"; entryId: string }
  | { name: "shortcuts" };

export type FillQuestion = { entryId: string; about: Exclude<Confirmed, "nothing"> };

export type UnlockedState = {
  entries: readonly EntryView[];
  /** Whether these are all: the first screen is drawn before the others are there. */
  complete: boolean;
  codes: ReceivedCodes;
  settings: Settings;
  /** The entries used last, the latest first. */
  recent: readonly string[];
  /** What the tab in front asks for. */
  prompt: TabPrompt | undefined;
  /** A device is enrolled in the tab in front. */
  enrolment: TabEnrolment | undefined;
  screen: Screen;
  query: string;
  toast: ToastContent | undefined;
  failure: Failure | undefined;
  /** What is asked about the fill of an entry: another click on it says yes. */
  question: FillQuestion | undefined;
  /** The entry that was on the screen last: the list takes the focus there. */
  recentId: string | undefined;
  /** Counts the times that it is to take the focus. */
  focusTurn: number;
  /** The one code that is shown though codes are hidden, and until when, in Unix milliseconds. */
  revealed: { entryId: string; until: number } | undefined;
};

export type UnlockedAction =
  | { type: "codesRead"; codes: ReceivedCodes }
  | { type: "entriesRead"; entries: readonly EntryView[] }
  | { type: "tabRead"; tab: TabView }
  | { type: "screenChosen"; screen: Screen }
  | { type: "queryTyped"; query: string }
  | { type: "entryStored"; entry: EntryView; text: string }
  | { type: "entryDeleted"; entryId: string; text: string; onUndo: () => void }
  /** Several entries changed at once, in the list or from the screen of one. */
  | {
      type: "entriesStored";
      entries: readonly EntryView[];
      text: string;
      focusId: string;
      onUndo?: () => void;
    }
  | { type: "codeRevealed"; entryId: string; until: number }
  | { type: "codeConcealed" }
  | { type: "toastWanted"; text: string }
  | { type: "toastClosed" }
  /** A fill waits, or asks something first; `text` says so. */
  | { type: "fillHeld"; question: FillQuestion | undefined; text: string }
  | { type: "fillEnded" }
  | { type: "failed"; failure: Failure }
  | { type: "failureClosed" };

export function initialState(
  open: NonNullable<PopupView["open"]>,
  settings: Settings,
  now: number,
): UnlockedState {
  return {
    entries: open.entries,
    complete: open.complete,
    codes: receiveCodes(open.codes, now),
    settings,
    recent: open.recent,
    prompt: open.tab?.prompt,
    enrolment: open.tab?.enrolment,
    screen: { name: open.scan ? "scan" : "list" },
    query: "",
    toast: undefined,
    failure: undefined,
    question: undefined,
    recentId: undefined,
    focusTurn: 0,
    revealed: undefined,
  };
}

export function reduce(state: UnlockedState, action: UnlockedAction): UnlockedState {
  switch (action.type) {
    case "codesRead":
      return { ...state, codes: action.codes };
    case "entriesRead":
      return { ...state, entries: keptEntries(action.entries), complete: true };
    case "tabRead":
      return { ...state, prompt: action.tab.prompt, enrolment: action.tab.enrolment };
    case "screenChosen":
      return {
        ...state,
        screen: action.screen,
        // What was said lies over the buttons of a form; what waits for an answer stays.
        toast: action.screen.name === "list" || staysOpen(state.toast) ? state.toast : undefined,
        failure: undefined,
        recentId: editedId(state),
      };
    case "queryTyped":
      return { ...state, query: action.query };
    case "entryStored":
      return {
        ...withToast(state, action.text),
        entries: withEntry(state.entries, action.entry),
        screen: { name: "list" },
        query: "",
        recentId: action.entry.entryId,
        failure: undefined,
      };
    case "entryDeleted":
      return {
        ...withToast(state, action.text, action.onUndo),
        entries: state.entries.filter((entry) => entry.entryId !== action.entryId),
        screen: { name: "list" },
        failure: undefined,
      };
    case "entriesStored":
      return {
        ...withToast(state, action.text, action.onUndo, true),
        entries: action.entries.reduce<readonly EntryView[]>(withEntry, state.entries),
        screen: { name: "list" },
        recentId: action.focusId,
        focusTurn: state.focusTurn + 1,
        failure: undefined,
      };
    case "codeRevealed":
      return { ...state, revealed: { entryId: action.entryId, until: action.until } };
    case "codeConcealed":
      return { ...state, revealed: undefined };
    case "toastWanted":
      return withToast(state, action.text);
    case "fillHeld":
      return { ...withToast(state, action.text), question: action.question };
    case "fillEnded":
      return { ...state, question: undefined };
    case "toastClosed":
      return { ...state, toast: undefined };
    case "failed":
      return { ...state, failure: action.failure };
    case "failureClosed":
      return { ...state, failure: undefined };
  }
}

function staysOpen(toast: ToastContent | undefined): boolean {
  return toast?.onUndo !== undefined && !toast.passing;
}

function editedId({ screen }: UnlockedState): string | undefined {
  return screen.name === "edit" || screen.name === "qr" ? screen.entryId : undefined;
}

function withEntry(entries: readonly EntryView[], stored: EntryView): EntryView[] {
  return [...entries.filter((entry) => entry.entryId !== stored.entryId), stored];
}

function withToast(
  state: UnlockedState,
  text: string,
  onUndo?: () => void,
  passing = false,
): UnlockedState {
  const id = (state.toast?.id ?? 0) + 1;
  const toast: ToastContent = { id, text, passing };
  if (onUndo !== undefined) toast.onUndo = onUndo;
  return { ...state, toast };
}
