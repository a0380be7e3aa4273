/** Decides which entries may answer a prompt, and what its page may learn of them. */

import type { Vault } from "../core";
import { connect } from "../messaging";
import type { EntryView, OfferView, TabProtocol } from "../protocol";
import { type OfferedEntry, OfferViews } from "./offer-views";
import type { Ports } from "./ports";
import { readSettings } from "./settings";
import type { TabFacts, TabMemory } from "./tab-memory";
import type { VaultSession } from "./vault-session";

export type Matches = { entryIds: string[]; certain: boolean };

export class Offers {
  readonly #ports: Ports;
  readonly #session: VaultSession;
  readonly #tabs: TabMemory;
  readonly views: OfferViews;

  constructor(ports: Ports, session: VaultSession, tabs: TabMemory) {
    this.#ports = ports;
    this.#session = session;
    this.#tabs = tabs;
    this.views = new OfferViews(ports.words);
  }

  /** What the page of a tab is shown. */
  async offerFor(facts: TabFacts): Promise<OfferView | null> {
    if (facts.prompt === "none" || facts.prompt === "changed") return null;
    if (!(await readSettings(this.#ports.local)).offerInPage) return null;
    if (facts.prompt === "chooser") return this.views.chooser();
    const vault = await this.#session.peek();
    if (vault === undefined) {
      const { state } = await this.#session.state();
      return state === "absent" ? this.views.noVault() : this.views.locked();
    }
    const { entryIds } = matchEntries(vault, facts);
    if (entryIds.length === 0) return this.views.noEntry(facts.account ?? facts.url.account);
    const now = Math.floor(this.#ports.now() / 1000);
    const entries = entryIds.map((entryId) => offeredEntry(vault, entryId, now));
    return this.views.ready(entries, facts.prompt === "structural" ? "confirm" : "fill");
  }

  /** The entries that may answer the prompt of a tab, the best first. None while locked. */
  async matches(facts: TabFacts): Promise<Matches> {
    const vault = await this.#session.peek();
    return vault === undefined ? { entryIds: [], certain: false } : matchEntries(vault, facts);
  }

  /** Tells every page that asks for a code what it is to show now. */
  async refreshAll(): Promise<void> {
    for (const { tabId, facts } of await this.#tabs.prompting()) {
      const tab = connect<TabProtocol>("tab", (envelope) =>
        this.#ports.tabs.send(tabId, facts.documentId, envelope),
      );
      // A tab that has gone has no offer to change.
      await tab.offerChanged({ offer: await this.offerFor(facts) }).catch(() => undefined);
    }
  }
}

function matchEntries(vault: Vault, facts: TabFacts): Matches {
  const { url, account, user, rootUser } = facts;
  return vault.matchEntries({
    partition: url.partition,
    identityCenter: url.kind === "identityCenter",
    ...optional("account", account ?? url.account),
    ...optional("user", user),
    ...optional("directory", url.directory),
    ...optional("rootUser", rootUser),
  });
}

/** A member when there is a value for it. */
function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]: Value });
}

function offeredEntry(vault: Vault, entryId: string, now: number): OfferedEntry {
  const entry = vault.entry(entryId);
  const { remainingSeconds, periodSeconds } = vault.code(entryId, now);
  return {
    entryId,
    account: accountOf(entry),
    user: userOf(entry),
    remainingSeconds,
    periodSeconds,
  };
}

function accountOf(entry: EntryView): string {
  return entry.accountAlias ?? entry.accountId ?? entry.directoryId ?? entry.issuer;
}

function userOf(entry: EntryView): string {
  return entry.userName ?? entry.deviceName ?? entry.accountName;
}
