/** What the user should see to: a backup that is due, a passphrase that was not typed for long. */

import type { Vault } from "../core";
import type { VaultCare } from "../protocol";
import type { Ports } from "./ports";

const KEY = "care";
const DAY_MS = 24 * 60 * 60 * 1000;
/** How long changes may be in no backup before that is said. */
const BACKUP_GRACE_MS = 7 * DAY_MS;
const PASSPHRASE_GRACE_MS = 30 * DAY_MS;

/** Kept in `storage.local` as it is: it tells when, and nothing of what. */
type Kept = {
  backupAt?: number;
  /** The revision of the vault that the last backup has. */
  backupRev?: number;
  passphraseAt?: number;
};

type CarePorts = Pick<Ports, "local" | "now">;

async function read({ local }: CarePorts): Promise<Kept> {
  const stored = (await local.get([KEY]))[KEY];
  const given = typeof stored === "object" && stored !== null ? (stored as Kept) : {};
  const { backupAt, backupRev, passphraseAt } = given;
  return {
    ...(typeof backupAt === "number" && { backupAt }),
    ...(typeof backupRev === "number" && { backupRev }),
    ...(typeof passphraseAt === "number" && { passphraseAt }),
  };
}

async function keep(ports: CarePorts, change: Kept): Promise<void> {
  await ports.local.set({ [KEY]: { ...(await read(ports)), ...change } });
}

export async function readCare(ports: CarePorts, vault: Vault): Promise<VaultCare> {
  const { backupAt, backupRev, passphraseAt } = await read(ports);
  const now = ports.now();
  const oldest = vault.oldestEntryAt();
  const since = backupAt ?? (oldest ?? 0) * 1000;
  const isNewer = oldest !== undefined && backupRev !== vault.rev();
  return {
    ...(backupAt !== undefined && { backupAt }),
    backupDue: isNewer && now - since > BACKUP_GRACE_MS,
    passphraseDue: passphraseAt !== undefined && now - passphraseAt > PASSPHRASE_GRACE_MS,
  };
}

export async function backupKept(ports: CarePorts, vault: Vault): Promise<void> {
  await keep(ports, { backupAt: ports.now(), backupRev: vault.rev() });
}

export async function passphraseTyped(ports: CarePorts): Promise<void> {
  await keep(ports, { passphraseAt: ports.now() });
}
