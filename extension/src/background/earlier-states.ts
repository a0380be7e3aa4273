/** The earlier states of the vault that are kept and open. */

import type { Vault } from "../core";
import { RequestError } from "../messaging";
import type { EarlierView } from "../protocol";
import type { VaultSession } from "./vault-session";

/** One as stored, and what it says. */
export type EarlierState = { stored: string; view: EarlierView };

/** The latest first, each revision once. */
export async function earlierStates(session: VaultSession, vault: Vault): Promise<EarlierState[]> {
  const states = (await session.readEarlier()).flatMap((stored) => {
    try {
      return [{ stored, view: vault.earlier(stored) }];
    } catch {
      // One that a crash tore, or of a key before this one: there are others.
      return [];
    }
  });
  const latestFirst = states.sort((a, b) => b.view.rev - a.view.rev);
  return latestFirst.filter(({ view }, at) => view.rev !== latestFirst[at - 1]?.view.rev);
}

/** The one of a revision, as stored. Refused with `earlierUnreadable` when it is not kept. */
export async function earlierState(
  session: VaultSession,
  vault: Vault,
  rev: number,
): Promise<string> {
  const found = (await earlierStates(session, vault)).find(({ view }) => view.rev === rev);
  if (found === undefined) throw new RequestError({ kind: "earlierUnreadable" });
  return found.stored;
}
