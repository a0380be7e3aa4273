/**
 * What each tab has told of an enrolment, and what a gesture allowed there: in memory only, for a
 * worker that is killed in between. Of an entry its id alone; never a secret, never a code.
 */

import type { EnrolmentPage } from "../enrolment-hosts";
import type { EnrolmentFacts, EnrolmentForm } from "../protocol";
import type { EnrolmentSender } from "./gate";
import type { StorageArea } from "./ports";

/** A gesture by which the codes of one entry go into the boxes of one document. */
export type Grant = {
  entryId: string;
  form: Exclude<EnrolmentForm, "none">;
  documentId: string | undefined;
  host: string;
  /** `waiting` for the first codes or for fresh ones; `refused` by AWS; `notKept` by the page. */
  state: "waiting" | "filled" | "expired" | "refused" | "notKept";
  /** How often codes were given for this gesture. */
  fills: number;
  /** The time step of the last code that was given. */
  lastStep?: number;
  /** Until when it waits, in corrected Unix milliseconds. */
  until?: number;
  /** How often the page had refused codes when these were given. */
  refusals: number;
  /** How often AWS refused the codes of this grant. */
  failures: number;
  /** Its boxes have gone; new ones are for another device. */
  closed: boolean;
};

export type EnrolmentTab = {
  documentId: string | undefined;
  page: EnrolmentPage;
  facts: EnrolmentFacts;
  grant?: Grant | undefined;
  /** Unix milliseconds at which it was last told. */
  at: number;
};

/** What a gesture for the form of a tab allows. */
export function newGrant(tab: EnrolmentTab, entryId: string, form: Grant["form"]): Grant {
  const { documentId, facts, page } = tab;
  const start = { state: "waiting", fills: 0, failures: 0, closed: false } as const;
  return { entryId, form, documentId, host: page.host, refusals: facts.refusals, ...start };
}

const PREFIX = "enrolment:";
/** As long as a person may be away between the steps of a wizard. */
const KEPT_MS = 15 * 60 * 1000;
const MAX_TEXT = 128;
const MAX_SERIAL_NUMBERS = 32;

const forms: readonly EnrolmentForm[] = ["none", "pair", "single", "resync"];

export class EnrolmentMemory {
  readonly #session: StorageArea;
  readonly #now: () => number;

  constructor(session: StorageArea, now: () => number) {
    this.#session = session;
    this.#now = now;
  }

  async read(tabId: number): Promise<EnrolmentTab | undefined> {
    const key = PREFIX + tabId;
    const tab = (await this.#session.get([key]))[key] as EnrolmentTab | undefined;
    return tab !== undefined && this.#now() - tab.at < KEPT_MS ? tab : undefined;
  }

  /** Takes in what a page told; what a gesture allowed in this tab stays. */
  async remember(sender: EnrolmentSender, told: EnrolmentFacts): Promise<EnrolmentTab> {
    const before = await this.read(sender.tabId);
    const tab: EnrolmentTab = {
      documentId: sender.documentId,
      page: sender.page,
      facts: checked(told),
      grant: before?.grant,
      at: this.#now(),
    };
    // Most pages of a console have nothing to do with this: they leave no trace.
    if (before !== undefined || tab.facts.form !== "none") await this.#write(sender.tabId, tab);
    return tab;
  }

  /** What a gesture allows from now on, or that it allows nothing any more. */
  async grant(tabId: number, grant: Grant | undefined): Promise<void> {
    const tab = await this.read(tabId);
    if (tab !== undefined) await this.#write(tabId, { ...tab, grant });
  }

  async forget(tabId: number): Promise<void> {
    await this.#session.remove([PREFIX + tabId]);
  }

  /** The tabs that show something of an enrolment now. */
  async active(): Promise<{ tabId: number; tab: EnrolmentTab }[]> {
    const all = Object.entries(await this.#session.get(null));
    return all
      .filter(([key]) => key.startsWith(PREFIX))
      .map(([key, tab]) => ({ tabId: Number(key.slice(PREFIX.length)), tab: tab as EnrolmentTab }))
      .filter(({ tab }) => tab.facts.form !== "none" || tab.grant !== undefined);
  }

  #write(tabId: number, tab: EnrolmentTab): Promise<void> {
    return this.#session.set({ [PREFIX + tabId]: tab });
  }
}

/** What was told, each part of the right type and length. */
function checked(told: EnrolmentFacts): EnrolmentFacts {
  const { form, shown, account, user, rootUser, refusals, serialNumbers, success } = told;
  return {
    form: forms.includes(form) ? form : "none",
    shown: shown === true,
    ...(isText(account) && { account }),
    ...(isText(user) && { user }),
    ...(typeof rootUser === "boolean" && { rootUser }),
    refusals: Number.isSafeInteger(refusals) ? refusals : 0,
    serialNumbers: Array.isArray(serialNumbers)
      ? serialNumbers.slice(0, MAX_SERIAL_NUMBERS).filter(isSerialNumber)
      : [],
    success: success === true,
  };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= MAX_TEXT;
}

function isSerialNumber(value: unknown): value is string {
  return typeof value === "string" && value.length <= 256 && /^arn:aws[a-z-]*:iam::/.test(value);
}
