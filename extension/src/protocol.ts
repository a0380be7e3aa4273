/**
 * Every message between the parts of the extension, one map for each level of trust. Types only.
 *
 * Messages are JSON: no bytes, maps or bigints; bytes travel as base64url text.
 */

import type {
  ArrivalView,
  ArrivedView,
  CodeView,
  EarlierView,
  EntryEdit,
  EntryView,
  FileEntry,
  ImportedEntry,
  LoadReport,
  MigrationView,
  NewEntry,
  RescueView,
  RestoreView,
} from "./wasm/core/core";

export type {
  ArrivalView,
  CodeView,
  EarlierView,
  EntryEdit,
  EntryView,
  FileEntry,
  ImportedEntry,
  LoadReport,
  MigrationView,
  NewEntry,
  RescueView,
  RestoreView,
};

/** A request of a channel: its argument and its result. */
export type Message<Request, Response> = { request: Request; response: Response };

/** Any map from a name to a message. */
export type Protocol = Record<string, Message<unknown, unknown>>;

/** Nothing to say. */
export type Nothing = Record<string, never>;

/**
 * Why a request was refused: a closed list that the interface turns into words. The kinds of the
 * core come through unchanged; none carries a text from the data.
 */
export type Failure = { kind: string; entryId?: string; retrySeconds?: number };

/** The vault as seen from a page of the extension. */
export type VaultState =
  /** No vault yet: first run. */
  | { state: "absent" }
  /** Locked; `headers` are the two header slots as stored, for the Worker that unlocks. */
  | { state: "locked"; headers: StoredPair }
  | UnlockedVault
  /** Something is stored that cannot be read. It is kept, and never replaced. */
  | { state: "unreadable"; failure: Failure };

/** `rescue`: an earlier state is shown, read-only, because the vault itself cannot be read. */
export type UnlockedVault = {
  state: "unlocked";
  headers: StoredPair;
  report: LoadReport;
  care: VaultCare;
  rescue?: RescueView;
};

/** What the user should see to. */
export type VaultCare = {
  /** When the last backup was made, in Unix milliseconds. */
  backupAt?: number;
  /** There are changes that are in no backup, and for long enough to say so. */
  backupDue: boolean;
  /** The passphrase was not typed for so long that it may be forgotten. */
  passphraseDue: boolean;
};

/** Two alternating slots as stored, base64url, `null` where nothing is. */
export type StoredPair = [string | null, string | null];

/**
 * The vault key sealed with the session key that never leaves IndexedDB. It opens nothing alone.
 */
export type SealedSession = { iv: string; sealed: string; deadline: number };

/** The codes of all entries for the step that runs now and the next one. */
export type CodesView = {
  /** The Unix time in seconds, corrected for a known clock skew, for which the codes were made. */
  unixSeconds: number;
  codes: CodeView[];
  /** The entries whose code was filled already, until their next one. */
  used: UsedCode[];
  clock: ClockView;
};

/** AWS takes each code once: this entry has a fresh one from `untilSeconds` on, a corrected Unix time. */
export type UsedCode = { entryId: string; untilSeconds: number };

/** How AWS's clock stands to that of this computer; `offsetSeconds` is positive when it is ahead. */
export type ClockView =
  | { state: "unknown" | "agrees" }
  /** Codes follow AWS's clock. */
  | { state: "corrected"; offsetSeconds: number }
  /** So far off that codes do not follow. */
  | { state: "tooFarOff"; offsetSeconds: number };

/** What the tab in front wants, for the popup. */
export type TabPrompt = {
  tabId: number;
  host: string;
  kind: Exclude<PromptKind, "none">;
  /** Entry ids, the best match first; `certain` says that the first is the only possible one. */
  matches: string[];
  certain: boolean;
};

/** A page in front on which a device is enrolled. */
export type TabEnrolment = { tabId: number; host: string; form: "pair" | "single" };

/** What the tab in front asks for. */
export type TabView = {
  prompt?: TabPrompt;
  enrolment?: TabEnrolment;
};

/** What the popup shows first, in one answer. */
export type PopupView = {
  settings: Settings;
  vault: VaultState;
  /** While the vault is unlocked. */
  open?: {
    /** Those that are not deleted, or those of them that the first screen needs. */
    entries: EntryView[];
    /** Whether these are all: else `listEntries` has the others. */
    complete: boolean;
    codes: CodesView;
    /** The entries used since the browser started, the latest first. */
    recent: string[];
    /** The gesture that opened the popup was for scanning. Told once. */
    scan: boolean;
    /** Left out when the tab is slow to answer: `readTab` waits for it. */
    tab?: TabView;
  };
};

/** How long the vault stays open, and how it looks. */
export type Settings = {
  /** Minutes since last use; 0 locks after each use. */
  autoLockMinutes: number;
  /** Minutes of no input in the whole system before locking; 0 for never. */
  idleLockMinutes: number;
  theme: "system" | "light" | "dark";
  /** Show an offer beside the field, or only in popup and shortcut. */
  offerInPage: boolean;
  /** Press the page's own button after a fill, at most once in a document. */
  submitAfterFill: boolean;
  /** Show a code only when asked. */
  hideCodes: boolean;
  /** Show the entries of one AWS account together. */
  groupByAccount: boolean;
  /** Clear a copied code from the clipboard after half a minute, if it is still there. */
  clearClipboard: boolean;
};

/** What a page of the extension (popup, options, first run) may ask. */
export type PageProtocol = {
  readVaultState: Message<Nothing, VaultState>;
  /** Stores a new vault. Refused with `vaultExists` when anything is stored already. */
  createVault: Message<{ header: string; session: SealedSession }, Nothing>;
  /** Hands over the sealed vault key; the vault is open when this returns. */
  unlockVault: Message<{ session: SealedSession }, Nothing>;
  /** A changed passphrase or recovery code: a new header, written to both slots. */
  replaceHeader: Message<{ header: string }, Nothing>;
  /** A new vault key with its header: everything is encrypted anew. */
  rotateKey: Message<{ header: string; key: SealedSession }, Nothing>;
  /** Asked before each try of a secret. Refused with `tooManyTries` while there is to be a pause. */
  beginTry: Message<Nothing, Nothing>;
  /** The try succeeded. */
  endTry: Message<{ kind: "passphrase" | "recoveryCode" }, Nothing>;
  /** A backup under the header and key made for it, as base64url of the file. */
  makeBackup: Message<{ header: string; key: SealedSession }, { file: string; entries: number }>;
  /** The file was written, read back and found equal. */
  backupKept: Message<Nothing, Nothing>;
  planBackup: Message<BackupRequest, RestoreView>;
  restoreBackup: Message<BackupRequest, Nothing>;
  /** Everything of the vault as it is stored, readable or not: ciphertext, for whoever rescues it. */
  readStored: Message<Nothing, { values: Record<string, string> }>;
  /** The earlier states that open, the latest first. */
  listEarlier: Message<Nothing, { states: EarlierView[] }>;
  planEarlier: Message<{ rev: number }, RestoreView>;
  restoreEarlier: Message<{ rev: number }, Nothing>;
  /** Puts the earlier state in force that is shown because the vault itself cannot be read. */
  goOn: Message<Nothing, Nothing>;
  /** The key URIs of these entries, or of all; `proof` is the vault key, sealed by who typed the passphrase. */
  exportEntries: Message<
    { proof: SealedSession; entryIds: string[] | null },
    { entries: ExportedEntry[] }
  >;
  /** What entries of files would be in the vault as it is at revision `rev`. Saves nothing. */
  planImport: Message<{ entries: FileEntry[] }, { rev: number; entries: ArrivalView[] }>;
  /** Saves all of them or none. Refused with `planOutdated` when the vault is not at `rev` any more. */
  importEntries: Message<{ rev: number; entries: FileEntry[] }, { undo: ImportUndo }>;
  /** What was added is deleted, what was changed is put back. */
  undoImport: Message<ImportUndo, Nothing>;
  lockVault: Message<Nothing, Nothing>;
  listEntries: Message<Nothing, { entries: EntryView[] }>;
  readCodes: Message<Nothing, CodesView>;
  readPopup: Message<Nothing, PopupView>;
  readTab: Message<Nothing, TabView>;
  /** Reads a key URI or a secret key without saving anything, for the preview. */
  previewEntry: Message<NewEntry, ImportedEntry>;
  /** Reads one part of an export of Google Authenticator, saving nothing. */
  readMigration: Message<{ uri: string }, MigrationView>;
  /** Refused with `duplicateEntry` and the id of the entry that has this secret. */
  addEntry: Message<NewEntry, { entry: EntryView }>;
  /** Saves a scanned entry as pending and fills its codes in that tab: the click is the gesture. */
  enrolEntry: Message<{ entry: NewEntry; tabId: number }, { entry: EntryView }>;
  editEntry: Message<{ entryId: string; edit: EntryEdit }, { entry: EntryView }>;
  /** Several edits in one save: all are made or none. */
  editEntries: Message<{ edits: { entryId: string; edit: EntryEdit }[] }, { entries: EntryView[] }>;
  deleteEntry: Message<{ entryId: string }, Nothing>;
  restoreEntry: Message<{ entryId: string }, { entry: EntryView }>;
  /**
   * Fills the code of an entry into the prompt of a tab: the click in the popup is the gesture.
   * What makes it doubtful is asked first, and done once the user has `confirmed` it.
   */
  fillEntry: Message<{ entryId: string; tabId: number; confirmed: Confirmed }, FillAnswer>;
  /** What became of the fill that waits in a tab, when it has ended. */
  awaitFill: Message<{ tabId: number }, FillResult>;
  /** This text with a code in it was copied; a setting says whether the clipboard is cleared later. */
  codeCopied: Message<{ entryId: string; text: string }, Nothing>;
  readSettings: Message<Nothing, Settings>;
  saveSettings: Message<{ settings: Settings }, Nothing>;
};

/** `key` is the backup's, sealed in the session; `replaceChanged` takes what differs from the backup too. */
export type BackupRequest = { file: string; key: SealedSession; replaceChanged: boolean };

/** The entries that an import added and changed, and the revision of the vault before it. */
export type ImportUndo = ArrivedView & { rev: number };

/** An entry with its key URI, which holds the secret. */
export type ExportedEntry = { entry: EntryView; uri: string };

/** What became of a fill: `refused` when the page did not keep the code. */
export type FillResult = { outcome: "filled" | "noField" | "refused" };

/**
 * What the user was asked about a fill and said yes to: that the marked field is the one for the
 * code, or that the code is to be filled though it was used. Who confirmed that has seen the field.
 */
export type Confirmed = "nothing" | "field" | "usedCode";

/**
 * A fill that must wait for the next code says so at once, and for how many seconds. `unsure`: the
 * field only looks like the one for the code; it is marked, and nothing is filled yet.
 */
export type FillAnswer = FillResult | ({ outcome: "waiting" } & FillWait) | { outcome: "unsure" };

/** `used`: the code that holds now was filled before; otherwise it is about to end. */
export type FillWait = { seconds: number; used: boolean };

/** What an AWS page tells. The URL is not in it: the background takes that from the sender. */
export type PageFacts = {
  /**
   * What the page asks for: nothing; a code in a field that is known; a code in a field that only
   * looks like one; a choice among MFA devices first; or a code, but no field was found.
   */
  prompt: PromptKind;
  /** What the user typed on the step before, or what the page shows. Never a password. */
  account?: string;
  user?: string;
  rootUser?: boolean;
};

export type PromptKind = "none" | "known" | "structural" | "chooser" | "changed";

/**
 * What the offer beside the field shows: made by the background, drawn as it is by the content
 * script. Labels in it are those of entries that match the page, and no others.
 */
export type OfferView = {
  /** The accessible names of the offer and of its close button. */
  name: string;
  dismiss: string;
  styles: string;
  texts: string[];
  buttons: OfferButton[];
  /** Marks the field, while the user is asked whether it is the one. */
  mark: boolean;
  /** Goes away by itself after a few seconds. */
  passing: boolean;
};

export type OfferButton = {
  /** What the background is told when the button is pressed. */
  action: string;
  label: string;
  /** Account and user, of a button that fills. */
  whose?: string;
  /** How long the code lives; `text` has `#` where the seconds go. */
  left?: { text: string; remainingSeconds: number; periodSeconds: number };
};

/** One answer of AWS's server: its `Date` and `Age` headers, and Unix milliseconds around it. */
export type ClockSample = {
  sentAt: number;
  receivedAt: number;
  date: string | null;
  age: string | null;
};

/** What a content script on an AWS page may ask. */
export type ContentProtocol = {
  /** `sampleClock`: the background would like to know AWS's time. */
  pageSeen: Message<PageFacts, { offer: OfferView | null; sampleClock: boolean }>;
  /** After a trusted click or key on a button of the offer. What follows comes by `TabProtocol`. */
  offerPressed: Message<{ action: string }, Nothing>;
  clockSampled: Message<{ samples: ClockSample[] }, Nothing>;
  /** The page interfered with the offer until it gave up: the toolbar button says so. */
  offerTamperedWith: Message<Nothing, Nothing>;
};

/** What the background tells the content script of one document. */
export type TabProtocol = {
  /** Whether it still asks for a code: a tab may have gone elsewhere since it told. */
  readPrompt: Message<Nothing, { prompt: PromptKind }>;
  /** The vault was locked, unlocked or changed, or a fill went on. */
  offerChanged: Message<{ offer: OfferView | null }, Nothing>;
  /** A gesture of the user authorised this code for the prompt on the page. */
  fillCode: Message<{ code: string; submit: boolean }, FillResult>;
};

/**
 * What a page on which MFA devices are enrolled tells. No secret is in it: pictures and keys are read
 * after a gesture only.
 */
export type EnrolmentFacts = {
  form: EnrolmentForm;
  /** It shows a QR code or a secret key. */
  shown: boolean;
  /** Who is signed in there or whose page it is, as far as it tells. */
  account?: string;
  user?: string;
  rootUser?: boolean;
  /** How often it refused what was entered, since it loaded. */
  refusals: number;
  /** The ARNs of the MFA devices that it lists. */
  serialNumbers: string[];
  /** It says something new about MFA that is no error, after its form has gone. */
  success: boolean;
};

/**
 * The boxes of a page: none that matter; two for a new device or one; or two for a device that is
 * there already, to be resynchronised.
 */
export type EnrolmentForm = "none" | "pair" | "single" | "resync";

/** A picture of a page, a byte of luma a pixel, row by row, as base64. */
export type PagePicture = { width: number; height: number; luma: string };

/** What a page on which devices are enrolled is to do next. */
export type EnrolmentStep = {
  offer: OfferView | null;
  /** Codes for its boxes, in order. */
  codes?: string[];
  /** After so many seconds it may ask for codes (again), if the same boxes still stand there. */
  askAgainSeconds?: number;
};

/** What the content script may ask where devices are enrolled. */
export type EnrolmentProtocol = {
  enrolmentSeen: Message<EnrolmentFacts, EnrolmentStep & { sampleClock: boolean }>;
  /**
   * After a trusted click or key on a button of the offer. Where that asked for a scan, with what the
   * page shows: the pixels of what may be a QR code, and the secret key beside it.
   */
  enrolmentPressed: Message<
    { action: string; pictures: PagePicture[]; secretKey?: string },
    EnrolmentStep
  >;
  /** The time that `askAgainSeconds` named has come. */
  codesWanted: Message<Nothing, EnrolmentStep>;
  /** Whether the boxes kept the codes. */
  codesWritten: Message<{ kept: boolean }, EnrolmentStep>;
  clockSampled: Message<{ samples: ClockSample[] }, Nothing>;
  offerTamperedWith: Message<Nothing, Nothing>;
};

/** What the background tells the script that enrols, in one document. */
export type EnrolmentTabProtocol = {
  /** Something has changed: it tells again what it sees, and is answered. */
  lookAgain: Message<Nothing, Nothing>;
};
