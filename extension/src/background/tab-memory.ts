/**
 * What each tab has told about who signs in there, for ten minutes and in memory only: the step
 * that asks for the code often no longer shows the account. Never a password.
 */

import type { AwsPage } from "../aws-hosts";
import type { PageFacts, PromptKind } from "../protocol";
import type { ContentSender } from "./gate";
import type { StorageArea } from "./ports";

export type TabFacts = {
  host: string;
  documentId?: string;
  prompt: PageFacts["prompt"];
  url: Omit<AwsPage, "host">;
  account?: string;
  user?: string;
  rootUser?: boolean;
  /** Unix milliseconds at which the identity was last told. */
  at: number;
};

const promptKinds: readonly PromptKind[] = ["none", "known", "structural", "chooser", "changed"];

const KEPT_MS = 10 * 60 * 1000;
const MAX_TEXT = 128;

export class TabMemory {
  readonly #session: StorageArea;
  readonly #now: () => number;

  constructor(session: StorageArea, now: () => number) {
    this.#session = session;
    this.#now = now;
  }

  async read(tabId: number): Promise<TabFacts | undefined> {
    const facts = (await this.#session.get([keyOf(tabId)]))[keyOf(tabId)] as TabFacts | undefined;
    return facts !== undefined && this.#now() - facts.at < KEPT_MS ? facts : undefined;
  }

  /**
   * Takes in what a page told, on top of what the same tab told before. The page waits for its
   * offer, so nobody waits for the disk: a page whose facts were lost tells them again.
   */
  async remember(sender: ContentSender, told: PageFacts): Promise<TabFacts> {
    const before = await this.read(sender.tabId);
    const { host, ...url } = sender.page;
    const facts: TabFacts = {
      ...(before !== undefined && url.kind === before.url.kind ? identityOf(before) : {}),
      ...identityOf(told),
      host,
      prompt: promptKinds.includes(told.prompt) ? told.prompt : "none",
      url,
      at: this.#now(),
    };
    if (sender.documentId !== undefined) facts.documentId = sender.documentId;
    if (told.rootUser === true) delete facts.user;
    this.#session.set({ [keyOf(sender.tabId)]: facts }).catch(() => undefined);
    return facts;
  }

  async forget(tabId: number): Promise<void> {
    await this.#session.remove([keyOf(tabId)]);
  }

  /** The tabs that ask for a code now. */
  async prompting(): Promise<{ tabId: number; facts: TabFacts }[]> {
    const all = await this.#session.get(null);
    return Object.entries(all)
      .filter(([key]) => key.startsWith(PREFIX))
      .map(([key, facts]) => ({
        tabId: Number(key.slice(PREFIX.length)),
        facts: facts as TabFacts,
      }))
      .filter(({ facts }) => facts.prompt !== "none");
  }
}

const PREFIX = "tab:";

function keyOf(tabId: number): string {
  return `${PREFIX}${tabId}`;
}

/** The identity fields alone, of the right type and length. */
function identityOf(told: Pick<PageFacts, "account" | "user" | "rootUser">) {
  const identity: Pick<PageFacts, "account" | "user" | "rootUser"> = {};
  if (isText(told.account)) identity.account = told.account;
  if (isText(told.user)) identity.user = told.user;
  if (typeof told.rootUser === "boolean") identity.rootUser = told.rootUser;
  return identity;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= MAX_TEXT;
}
