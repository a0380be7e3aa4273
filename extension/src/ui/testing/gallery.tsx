/** Shows one page in one state, named in the address: what pictures and checks are made of. */

import { Import } from "../../import/import";
import { Options } from "../../options/options";
import { Popup } from "../../popup/popup";
import type { TabPrompt } from "../../protocol";
import { Scan } from "../../scan/scan";
import { Welcome } from "../../welcome/welcome";
import { wordsFromCatalogue } from "../../words/catalogue-words";
import { startPage } from "../start-page";
import { catalogues } from "./catalogues";
import { type MemoryState, memoryState, wholeReport } from "./memory-background";
import { memoryServices } from "./memory-services";
import {
  accounts,
  elsewhere,
  entry,
  everyKind,
  identityCenter,
  longNames,
  manyEntries,
  production,
  root,
  staging,
} from "./sample-entries";

const pages = { popup: Popup, welcome: Welcome, options: Options, scan: Scan, import: Import };

const prompt: TabPrompt = {
  tabId: 1,
  host: "us-east-1.signin.aws.amazon.com",
  kind: "known",
  matches: [production.entryId],
  certain: true,
};

const states: Record<string, Partial<MemoryState>> = {
  absent: { vault: "absent" },
  locked: { vault: "locked" },
  unreadable: { vault: "locked", failures: { unlockVault: "bodyUnreadable" } },
  "no-answer": { failures: { readPopup: "noAnswer" } },
  empty: {},
  one: { entries: [production] },
  kinds: { entries: everyKind },
  many: { entries: manyEntries(30) },
  huge: { entries: manyEntries(500) },
  long: { entries: [longNames, { ...longNames, entryId: "pending", pending: true }] },
  prompt: { entries: everyKind, prompt },
  "prompt-several": {
    entries: everyKind,
    prompt: { ...prompt, matches: [production.entryId, root.entryId], certain: false },
  },
  "prompt-none": { entries: [staging], prompt: { ...prompt, matches: [] } },
  "prompt-chooser": { entries: everyKind, prompt: { ...prompt, kind: "chooser" } },
  "prompt-refused": { entries: everyKind, prompt, fill: "refused" },
  "prompt-long": {
    entries: [longNames, production],
    prompt: { ...prompt, matches: [longNames.entryId] },
  },
  grouped: { entries: accounts },
  "grouped-pinned": {
    entries: accounts.map((one, place) => (place === 3 ? { ...one, pinned: true } : one)),
    recent: ["mail"],
  },
  ordered: {
    entries: [production, staging].map((one, place) => ({ ...one, order: `00000${place}` })),
  },
  hidden: { entries: everyKind, settings: { ...memoryState().settings, hideCodes: true } },
  "hidden-prompt": {
    entries: everyKind,
    prompt,
    settings: { ...memoryState().settings, hideCodes: true },
  },
  digits: { entries: [elsewhere, { ...elsewhere, entryId: "seven", digits: 7 }, production] },
  center: { entries: [identityCenter] },
  unpinned: { entries: [production] },
  known: { entries: [entry("MADEUPMADEUP", { accountAlias: "example-production" })] },
  pending: { entries: [{ ...production, pending: true }] },
  enrolment: {
    entries: everyKind,
    enrolment: { tabId: 1, host: "us-east-1.console.aws.amazon.com", form: "pair" },
  },
  scan: { entries: everyKind, scan: true },
  import: {
    entries: [
      entry("SAMEAAAA", { accountName: "same@123456789012" }),
      entry("CHANGEDA", { accountName: "dave@210987654321" }),
      { ...staging, entryId: "DELETEDA", accountName: "erin@210987654321", deletedAt: 1 },
    ],
  },
  damaged: {
    entries: everyKind,
    report: {
      ...wholeReport,
      damaged: [{ key: "b0", damage: "unreadable" }],
      unreadableEntries: 2,
    },
  },
  rescued: {
    entries: everyKind,
    report: {
      ...wholeReport,
      damaged: [
        { key: "b0", damage: "unreadable" },
        { key: "b1", damage: "unreadable" },
      ],
    },
    rescue: { savedAt: Date.UTC(2026, 10, 21, 16, 40) / 1000, entries: everyKind.length },
  },
};

const query = new URLSearchParams(location.search);
const page = pages[query.get("page") as keyof typeof pages];
const state = memoryState(states[query.get("state") ?? ""]);
const seconds = Number(query.get("seconds") ?? 12);
const keepsTime = query.has("live");

// A fixed time, so that pictures do not differ by chance.
const start = Date.UTC(2026, 10, 22, 10, 0, seconds);
const startedAt = performance.now();
const codes = [
  "otpauth://totp/Amazon%20Web%20Services:carol-phone@example-corp?secret=MADEUPMADEUPMADE&issuer=Amazon%20Web%20Services",
  "https://example.com/",
];
const services = memoryServices(state, {
  readPicture: async () => (query.has("codes") ? codes : []),
  isPinned: async () => (query.get("state") === "unpinned" ? false : undefined),
  isMac: query.has("mac"),
  clock: () => start + (keepsTime ? Math.floor(performance.now() - startedAt) : 0),
});
const slowKeys = {
  ...services.keys,
  unlock: () => new Promise<never>(() => undefined),
};
document.documentElement.dataset.host = "tab";
const chosen = query.has("busy") ? { ...services, keys: slowKeys } : services;
// English words in the layout of a language that runs from right to left.
const direction = query.has("rtl") ? ("rtl" as const) : ("ltr" as const);
const element = document.getElementById("root");

/** Says what the page shows in another language, and leaves the page as it is. */
function speak(language: string): void {
  const catalogue = wordsFromCatalogue(catalogues[language] ?? {}, language);
  const words = Object.assign(catalogue, { direction });
  if (element) startPage(page, { ...chosen, words }, element);
}

Object.assign(globalThis, { speak });
speak("en");
