/**
 * Learns from a choice which account alias belongs to which account ID.
 *
 * A sign-in page names the account by its alias or its ID, an entry may know only the other. When
 * several entries could have been meant and the user chose one, the two belong together, and the
 * next sign-in is certain. An entry that says otherwise is never overruled.
 */

import { isAccount } from "../aws-hosts";
import type { EntryEdit, EntryView } from "../protocol";
import type { Matches } from "./offers";
import type { TabFacts } from "./tab-memory";
import type { VaultSession } from "./vault-session";

export async function learnFromChoice(
  session: VaultSession,
  facts: TabFacts,
  { entryIds, certain }: Matches,
  chosen: string,
): Promise<void> {
  const account = facts.account ?? facts.url.account;
  if (certain || entryIds.length < 2 || account === undefined) return;
  const edit = await session.use((vault) =>
    vault.rescued() === undefined ? linkOf(vault.entry(chosen), account) : undefined,
  );
  if (edit === undefined) return;
  await session.change(
    (vault, random, now) => vault.edit(chosen, edit, random, now),
    () => undefined,
  );
}

/** What the entry is to learn, when it knows one of alias and ID and the page tells the other. */
export function linkOf(entry: EntryView, account: string): EntryEdit | undefined {
  if (!isAccount(account)) return undefined;
  const isId = /^\d{12}$/.test(account);
  if (isId && entry.accountAlias !== undefined && entry.accountId === undefined) {
    return { accountId: account };
  }
  if (!isId && entry.accountId !== undefined && entry.accountAlias === undefined) {
    return { accountAlias: account };
  }
  return undefined;
}
