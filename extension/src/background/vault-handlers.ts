/** Answers what pages ask for the good of the vault as a whole: backups, earlier states, keys. */

import { type Handlers, RequestError } from "../messaging";
import type { PageProtocol } from "../protocol";
import { earlierState, earlierStates } from "./earlier-states";
import type { Ports } from "./ports";
import { Tries } from "./tries";
import { backupKept, passphraseTyped } from "./vault-care";
import type { VaultSession } from "./vault-session";

type Names =
  | "rotateKey"
  | "beginTry"
  | "endTry"
  | "makeBackup"
  | "backupKept"
  | "planBackup"
  | "restoreBackup"
  | "readStored"
  | "listEarlier"
  | "planEarlier"
  | "restoreEarlier"
  | "goOn"
  | "exportEntries";

export function vaultHandlers(
  ports: Ports,
  session: VaultSession,
  backupNonceBytes: () => number,
): Pick<Handlers<PageProtocol, undefined>, Names> {
  const tries = new Tries(ports);

  return {
    rotateKey: async ({ header, key }) => {
      await session.rotateKey(header, key);
      return {};
    },
    beginTry: async () => {
      await tries.begin();
      return {};
    },
    endTry: async ({ kind }) => {
      await tries.succeeded();
      if (kind === "passphrase") await passphraseTyped(ports);
      return {};
    },
    makeBackup: ({ header, key: sealed }) =>
      session.use((vault) =>
        session.withKey(sealed, (key) => {
          const nonce = ports.random(backupNonceBytes());
          const file = vault.makeBackup(header, key, nonce, ports.now());
          const kept = vault.entries().filter(({ deletedAt }) => deletedAt === undefined);
          return { file, entries: kept.length };
        }),
      ),
    backupKept: () =>
      session.use(async (vault) => {
        await backupKept(ports, vault);
        return {};
      }),
    planBackup: ({ file, key: sealed, replaceChanged }) =>
      session.use((vault) =>
        session.withKey(sealed, (key) => vault.planBackup(file, key, replaceChanged)),
      ),
    restoreBackup: ({ file, key: sealed, replaceChanged }) =>
      session.change(
        (vault, random, now) =>
          session.withKey(sealed, (key) =>
            vault.restoreBackup(file, key, replaceChanged, random, now),
          ),
        () => ({}),
      ),
    readStored: async () => ({ values: await session.readStored() }),
    listEarlier: () =>
      session.use(async (vault) => ({
        states: (await earlierStates(session, vault))
          .map(({ view }) => view)
          .filter(({ rev }) => rev !== vault.rev()),
      })),
    planEarlier: ({ rev }) =>
      session.use(async (vault) => vault.planEarlier(await earlierState(session, vault, rev))),
    restoreEarlier: ({ rev }) =>
      session.change(
        async (vault, random, now) =>
          vault.restoreEarlier(await earlierState(session, vault, rev), random, now),
        () => ({}),
      ),
    goOn: async () => {
      await session.goOn();
      return {};
    },
    exportEntries: ({ proof, entryIds }) =>
      session.use((vault) =>
        session.withKey(proof, (key) => {
          if (!vault.isKey(key)) throw new RequestError({ kind: "notAllowed" });
          const isAsked = (id: string) => entryIds === null || entryIds.includes(id);
          const entries = vault
            .entries()
            .filter(({ entryId, deletedAt }) => deletedAt === undefined && isAsked(entryId));
          return {
            entries: entries.map((entry) => ({ entry, uri: vault.exportUri(entry.entryId) })),
          };
        }),
      ),
  };
}
