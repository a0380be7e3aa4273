/** The entries of an enrolment: saved before any code leaves, and those that may be resynchronised. */

import { RequestError } from "../messaging";
import type { EntryView, NewEntry } from "../protocol";
import { type EnrolmentIdentity, identityOf, learnt, serialNumberOf } from "./enrolment-identity";
import type { EnrolmentTab } from "./enrolment-memory";
import type { TabMemory } from "./tab-memory";
import type { VaultSession } from "./vault-session";

export class EnrolmentEntries {
  readonly #session: VaultSession;
  readonly #tabs: TabMemory;

  constructor(session: VaultSession, tabs: TabMemory) {
    this.#session = session;
    this.#tabs = tabs;
  }

  /** The entry of a secret: a new one, or the one that has it already. On disk when this returns. */
  async save(entry: NewEntry, identity: EnrolmentIdentity): Promise<string> {
    const session = this.#session;
    const preview = await session.use((vault) => vault.preview(entry));
    if (preview.type !== "totp") throw new RequestError({ kind: "notTimeBased" });
    const known = preview.duplicateOf;
    if (known === undefined) {
      return session.change(
        (vault, random, now) => vault.enrol(entry, learnt(identity, preview), random, now),
        (vault, save) => vault.entry(save.entryId ?? "").entryId,
      );
    }
    const { deletedAt } = await session.use((vault) => vault.entry(known));
    if (deletedAt !== undefined) {
      await session.change(
        (vault, random, now) => vault.restore(known, random, now),
        () => undefined,
      );
    }
    return known;
  }

  /** The devices that a page may ask to resynchronise: those that it lists, where it lists any. */
  matching(
    { page, account, user, rootUser }: EnrolmentIdentity,
    serialNumbers: readonly string[],
  ): Promise<EntryView[]> {
    return this.#session.look((vault) => {
      const { entryIds } = vault.matchEntries({
        partition: page.partition,
        identityCenter: page.kind === "identityCenter",
        ...(account !== undefined && { account }),
        ...(user !== undefined && { user }),
        ...(page.directory !== undefined && { directory: page.directory }),
        ...(rootUser !== undefined && { rootUser }),
      });
      // AWS does not know the devices whose enrolment is not finished.
      const known = entryIds.map((entryId) => vault.entry(entryId)).filter((one) => !one.pending);
      const listed = known.filter((entry) => serialNumberOf(entry, serialNumbers) !== undefined);
      return listed.length > 0 ? listed : known;
    });
  }

  /** Whose device a tab is about. */
  async identity(tabId: number, tab: EnrolmentTab): Promise<EnrolmentIdentity> {
    return identityOf(tab, await this.#tabs.read(tabId));
  }
}

/** How an entry is called whose QR code was not there, only its key. */
export function namesFor({ page, account, user }: EnrolmentIdentity) {
  const issuer = page.kind === "identityCenter" ? "AWS SSO" : "Amazon Web Services";
  const accountName = [user, page.kind === "identityCenter" ? undefined : account]
    .filter((part) => part !== undefined)
    .join("@");
  return { issuer, accountName: accountName || page.host } as const;
}
