/** A background in memory that answers pages as the real one does, with codes made up. */

import { withEdit } from "../../entry-edit";
import { keptEntries } from "../../list/entry-words";
import { type Client, connect, type Handlers, RequestError, serve } from "../../messaging";
import type {
  ArrivalView,
  ClockView,
  CodesView,
  EarlierView,
  EntryView,
  FileEntry,
  FillResult,
  FillWait,
  ImportedEntry,
  LoadReport,
  NewEntry,
  PageProtocol,
  PopupView,
  RescueView,
  RestoreView,
  Settings,
  TabEnrolment,
  TabPrompt,
  TabView,
  UsedCode,
  VaultCare,
  VaultState,
} from "../../protocol";

export type MemoryState = {
  vault: "absent" | "locked" | "unlocked";
  entries: EntryView[];
  report: LoadReport;
  care: VaultCare;
  /** An earlier state is shown, because the vault itself cannot be read. */
  rescue?: RescueView;
  /** What a restore of a backup or an earlier state says that it would do. */
  plan: RestoreView;
  earlier: EarlierView[];
  prompt: TabPrompt | null;
  enrolment: TabEnrolment | null;
  /** The popup was opened to scan. */
  scan: boolean;
  /** So many entries are sent before the others; all when undefined. */
  sentFirst?: number;
  /** The page in front does not answer in time. */
  slowTab: boolean;
  /** The entries used last. */
  recent: string[];
  fill: FillResult["outcome"];
  /** What a fill must wait for first. */
  wait?: FillWait;
  /** A fill that waits does not end. */
  holdFill?: boolean;
  used: UsedCode[];
  clock: ClockView;
  settings: Settings;
  /** Answers a request with this failure instead, by the name of the request. */
  failures: Partial<Record<keyof PageProtocol, string>>;
  /** What was asked, in order. */
  log: { name: string; request: unknown }[];
};

export const wholeReport: LoadReport = {
  damaged: [],
  headerRolledBack: false,
  unreadableEntries: 0,
};

export function memoryState(state: Partial<MemoryState> = {}): MemoryState {
  return {
    vault: "unlocked",
    entries: [],
    report: wholeReport,
    care: { backupDue: false, passphraseDue: false },
    plan: { createdAt: 1_790_000_000, add: [], change: [], delete: [], keep: 0 },
    earlier: [],
    prompt: null,
    enrolment: null,
    scan: false,
    slowTab: false,
    recent: [],
    fill: "filled",
    settings: {
      autoLockMinutes: 15,
      idleLockMinutes: 5,
      theme: "system",
      offerInPage: true,
      submitAfterFill: false,
      clearClipboard: false,
      hideCodes: false,
      groupByAccount: true,
    },
    used: [],
    clock: { state: "unknown" },
    failures: {},
    log: [],
    ...state,
  };
}

/** The secret of every entry that is exported. */
export const MADE_UP_SECRET = "JBSWY3DPEHPK3PXP";

/** Six digits that differ from entry to entry and from step to step. */
export function madeUpCode(entryId: string, timeStep: number, digits: number): string {
  let hash = timeStep >>> 0;
  for (const character of entryId) hash = (hash * 31 + character.charCodeAt(0)) >>> 0;
  return String((hash * 2654435761) % 10 ** digits).padStart(digits, "0");
}

const NEEDS_OPEN_VAULT = new Set([
  "listEntries",
  "readCodes",
  "editEntries",
  "previewEntry",
  "addEntry",
  "editEntry",
  "deleteEntry",
  "enrolEntry",
  "restoreEntry",
  "fillEntry",
  "awaitFill",
  "replaceHeader",
  "rotateKey",
  "makeBackup",
  "backupKept",
  "planBackup",
  "restoreBackup",
  "listEarlier",
  "planEarlier",
  "restoreEarlier",
  "goOn",
  "exportEntries",
  "planImport",
  "importEntries",
  "undoImport",
]);

export function memoryBackground(state: MemoryState, clock: () => number): Client<PageProtocol> {
  const answer = serve(memoryHandlers(state, clock));
  return connect<PageProtocol>("page", async (envelope) => {
    // Through JSON, as between the parts of the extension.
    const { name, request } = JSON.parse(JSON.stringify(envelope));
    state.log.push({ name, request });
    const closed = state.vault !== "unlocked" && NEEDS_OPEN_VAULT.has(name);
    const kind = closed ? "locked" : state.failures[name as keyof PageProtocol];
    if (kind !== undefined) return { ok: false, error: { kind } };
    return JSON.parse(JSON.stringify(await answer(envelope, undefined)));
  });
}

function memoryHandlers(
  state: MemoryState,
  clock: () => number,
): Handlers<PageProtocol, undefined> {
  const headers: [string, string] = ["h0", "h1"];
  const entryOf = (entryId: string) => {
    const entry = state.entries.find((known) => known.entryId === entryId);
    if (entry === undefined) throw new RequestError({ kind: "noSuchEntry" });
    return entry;
  };
  const replace = (entry: EntryView) => {
    state.entries = state.entries.map((known) => (known.entryId === entry.entryId ? entry : known));
    return { entry };
  };
  const vaultState = (): VaultState => {
    if (state.vault === "absent") return { state: "absent" };
    if (state.vault === "locked") return { state: "locked", headers };
    const { report, care, rescue } = state;
    return { state: "unlocked", headers, report, care, ...(rescue && { rescue }) };
  };
  const codesView = (): CodesView => {
    const unixSeconds = Math.floor(clock() / 1000);
    const timed = state.entries.filter((entry) => entry.type === "totp" && !entry.deletedAt);
    const codes = timed.map(({ entryId, digits, periodSeconds }) => {
      const timeStep = Math.floor(unixSeconds / periodSeconds);
      return {
        entryId,
        code: madeUpCode(entryId, timeStep, digits),
        nextCode: madeUpCode(entryId, timeStep + 1, digits),
        remainingSeconds: periodSeconds - (unixSeconds % periodSeconds),
        periodSeconds,
        timeStep,
      };
    });
    return { unixSeconds, codes, used: state.used, clock: state.clock };
  };
  const tabView = (): TabView => ({
    ...(state.prompt ? { prompt: state.prompt } : {}),
    ...(state.enrolment ? { enrolment: state.enrolment } : {}),
  });
  return {
    readVaultState: vaultState,
    createVault: () => {
      if (state.vault !== "absent") throw new RequestError({ kind: "vaultExists" });
      state.vault = "unlocked";
      return {};
    },
    unlockVault: () => {
      state.vault = "unlocked";
      return {};
    },
    replaceHeader: () => ({}),
    rotateKey: () => ({}),
    beginTry: () => ({}),
    endTry: () => ({}),
    makeBackup: () => ({ file: "YmFja3Vw", entries: state.entries.length }),
    backupKept: () => {
      state.care = { ...state.care, backupAt: clock(), backupDue: false };
      return {};
    },
    planBackup: () => state.plan,
    restoreBackup: () => ({}),
    readStored: () => ({ values: { h0: "header", b0: "body" } }),
    listEarlier: () => ({ states: state.earlier }),
    planEarlier: () => state.plan,
    restoreEarlier: () => ({}),
    goOn: () => {
      delete state.rescue;
      return {};
    },
    exportEntries: ({ entryIds }) => ({
      entries: state.entries
        .filter(({ entryId, deletedAt }) => !deletedAt && (entryIds?.includes(entryId) ?? true))
        .map((entry) => ({ entry, uri: `otpauth://totp/made-up?secret=${MADE_UP_SECRET}` })),
    }),
    planImport: ({ entries }) => ({ rev: state.entries.length, entries: arrivals(entries, state) }),
    importEntries: ({ rev, entries }) => {
      const createdAt = Math.floor(clock() / 1000);
      const added = entries.map(({ uri, note, pinned, partition }) => {
        const { duplicateOf: _known, ...facts } = importEntry({ kind: "keyUri", uri }, []);
        const entryId = secretOf({ kind: "keyUri", uri });
        const told = partition === undefined ? {} : { partition };
        return { ...facts, ...told, entryId, createdAt, note, pinned, pending: false };
      });
      const isAdded = (entryId: string) => added.some((entry) => entry.entryId === entryId);
      const kept = state.entries.filter(({ entryId }) => !isAdded(entryId));
      state.entries = [...kept, ...added];
      return { undo: { rev, added: added.map(({ entryId }) => entryId), changed: [] } };
    },
    undoImport: ({ added }) => {
      state.entries = state.entries.filter(({ entryId }) => !added.includes(entryId));
      return {};
    },
    lockVault: () => {
      state.vault = "locked";
      return {};
    },
    listEntries: () => ({ entries: state.entries }),
    readCodes: codesView,
    readPopup: (): PopupView => {
      const { settings, vault } = state;
      if (vault !== "unlocked") return { settings, vault: vaultState() };
      const { recent, scan } = state;
      const entries = keptEntries(state.entries).slice(0, state.sentFirst);
      const complete = entries.length === keptEntries(state.entries).length;
      const open = { entries, complete, codes: codesView(), recent, scan };
      return {
        settings,
        vault: vaultState(),
        open: state.slowTab ? open : { ...open, tab: tabView() },
      };
    },
    readTab: tabView,
    previewEntry: (entry) => importEntry(entry, state.entries),
    // `otpauth-migration://offline?data=` and a part in JSON, instead of its real form.
    readMigration: ({ uri }) => JSON.parse(decodeURIComponent(uri.split("data=")[1] ?? "")),
    addEntry: (entry) => {
      const { duplicateOf, ...facts } = importEntry(entry, state.entries);
      if (duplicateOf !== undefined) {
        throw new RequestError({ kind: "duplicateEntry", entryId: duplicateOf });
      }
      const entryId = secretOf(entry);
      const createdAt = Math.floor(clock() / 1000);
      const added = { ...facts, entryId, createdAt, pinned: false, pending: false };
      state.entries = [...state.entries, added];
      return { entry: added };
    },
    enrolEntry: ({ entry }) => {
      const { duplicateOf: _known, ...facts } = importEntry(entry, state.entries);
      const createdAt = Math.floor(clock() / 1000);
      const added = {
        ...facts,
        entryId: secretOf(entry),
        createdAt,
        pinned: false,
        pending: true,
      };
      state.entries = [...state.entries, added];
      return { entry: added };
    },
    editEntry: ({ entryId, edit }) => replace(withEdit(entryOf(entryId), edit)),
    editEntries: ({ edits }) => ({
      entries: edits.map(({ entryId, edit }) => replace(withEdit(entryOf(entryId), edit)).entry),
    }),
    deleteEntry: ({ entryId }) => {
      replace({ ...entryOf(entryId), deletedAt: Math.floor(clock() / 1000) });
      return {};
    },
    restoreEntry: ({ entryId }) => {
      const { deletedAt: _deleted, ...entry } = entryOf(entryId);
      return replace(entry);
    },
    fillEntry: ({ confirmed }) => {
      const unsure = state.prompt?.kind === "structural" && confirmed === "nothing";
      if (unsure) return { outcome: "unsure" };
      return state.wait === undefined || confirmed === "usedCode"
        ? { outcome: state.fill }
        : { outcome: "waiting", ...state.wait };
    },
    awaitFill: () => (state.holdFill ? new Promise(() => undefined) : { outcome: state.fill }),
    codeCopied: () => ({}),
    readSettings: () => state.settings,
    saveSettings: ({ settings }) => {
      state.settings = settings;
      return {};
    },
  };
}

/** The secret stands for the entry: the same secret is the same entry. */
function secretOf(entry: NewEntry): string {
  const secret =
    entry.kind === "keyUri" ? new URL(entry.uri).searchParams.get("secret") : entry.secretKey;
  return (secret ?? "").replace(/[\s-]/g, "").toUpperCase();
}

function importEntry(entry: NewEntry, entries: readonly EntryView[]): ImportedEntry {
  if (entry.kind === "keyUri" && !URL.canParse(entry.uri)) {
    throw new RequestError({ kind: "notOtpauth" });
  }
  const secret = secretOf(entry);
  if (secret === "") throw new RequestError({ kind: "noSecret" });
  if (!/^[A-Z2-7]+$/.test(secret)) throw new RequestError({ kind: "secretNotBase32" });
  const url = entry.kind === "keyUri" ? new URL(entry.uri) : undefined;
  const label = decodeURIComponent(url?.pathname.split("/").at(-1) ?? "");
  const issuer = entry.kind === "keyUri" ? (url?.searchParams.get("issuer") ?? "") : entry.issuer;
  const accountName = entry.kind === "keyUri" ? (label.split(":").at(-1) ?? "") : entry.accountName;
  const [user, account] = accountName.split("@");
  const known = entries.find(({ entryId }) => entryId === secret);
  return {
    type: url?.href.startsWith("otpauth://hotp") ? "hotp" : "totp",
    issuer,
    accountName,
    algorithm: "SHA1",
    digits: 6,
    periodSeconds: 30,
    ...(user && account ? awsIdentity(user, account) : {}),
    ...(known ? { duplicateOf: known.entryId } : {}),
  };
}

function awsIdentity(user: string, account: string) {
  const whose = /^\d{12}$/.test(account) ? { accountId: account } : { accountAlias: account };
  return user === "root-account-mfa-device"
    ? ({ ...whose, identityKind: "root" } as const)
    : ({ ...whose, deviceName: user, identityKind: "iamUser" } as const);
}

/** What entries of a file would be: of one that is there, only the names can differ. */
function arrivals(entries: readonly FileEntry[], state: MemoryState): ArrivalView[] {
  const seen = new Set<string>();
  return entries.map(({ partition, uri }) => {
    const { duplicateOf, ...entry } = importEntry({ kind: "keyUri", uri }, state.entries);
    if (entry.type === "hotp") return { state: "refused", entry, reason: "notTimeBased" };
    const secret = secretOf({ kind: "keyUri", uri });
    if (seen.has(secret)) return { state: "repeated", entry };
    seen.add(secret);
    const ours = state.entries.find(({ entryId }) => entryId === duplicateOf);
    const isAws = entry.issuer === "Amazon Web Services";
    const isUnknown = isAws && (partition ?? ours?.partition) === undefined;
    const lacks = isUnknown ? { partitionUnknown: true } : {};
    if (ours === undefined) return { state: "new", entry, ...lacks };
    if (ours.deletedAt !== undefined) return { state: "deleted", entry, ...lacks };
    if (ours.accountName === entry.accountName) return { state: "same", entry };
    const differences: ArrivalView["differences"] = [
      { what: "accountName", ours: ours.accountName, theirs: entry.accountName },
    ];
    return { state: "changed", entry, differences, ...lacks };
  });
}
