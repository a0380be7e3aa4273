/**
 * What is left in the modules' memory after the vault locked: no vault key, secret, passphrase or
 * label. Before that, the scan finds each of them, so it would find them afterwards.
 */

import { expect, test, vi } from "vitest";
import { coreModule, initOf, kdfModule } from "./modules";

// Derivations of keys, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const core = coreModule();
const kdf = kdfModule();
const NOW = 1_790_000_000_000;
const SECRET_BYTES = new TextEncoder().encode("made-up-secret-bytes");
const SECRET = "NVQWIZJNOVYC243FMNZGK5BNMJ4XIZLT";
const LABEL = "zebra-label@123456789012";
const NOTE = "a note about zebras";
const PASSPHRASE = "violet harbour ladder cinnamon";

const text = (words: string) => new TextEncoder().encode(words);
const bytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
const memoryOf = (module: "core" | "kdf") => Buffer.from(initOf(module).memory.buffer);

/** The names of what is found. */
function found(memory: Buffer, wanted: Record<string, Uint8Array>): string[] {
  return Object.entries(wanted)
    .filter(([, value]) => memory.includes(Buffer.from(value)))
    .map(([name]) => name);
}

function openVault() {
  const random = () => bytes(core.saveRandomBytes());
  const made = kdf.createHeader(
    text(PASSPHRASE),
    { memoryKib: 65_536, passes: 3, lanes: 1 },
    bytes(kdf.createRandomBytes()),
  );
  const vault = core.Vault.create(made.vaultKey, made.header, bytes(6), random());
  const stored: Record<string, string> = {};
  const settle = (first: ReturnType<typeof vault.nextCopy>) => {
    for (let save = first; save !== undefined; save = vault.nextCopy()) {
      stored[save.key] = save.value;
      vault.confirm(save.value);
    }
  };
  settle(vault.nextCopy());
  const uri = `otpauth://totp/Amazon%20Web%20Services:${LABEL}?secret=${SECRET}&issuer=Zebra%20Inc`;
  const { entryId = "" } = vault.add({ kind: "keyUri", uri }, random(), NOW);
  vault.abandon();
  const save = vault.add({ kind: "keyUri", uri }, random(), NOW);
  settle(save);
  settle(vault.edit(save.entryId ?? "", { note: NOTE }, random(), NOW));
  expect(entryId).not.toBe(save.entryId);
  const { h0, h1, b0, b1 } = stored as Record<"h0" | "h1" | "b0" | "b1", string>;
  vault.free();
  return { stored: { h0, h1, b0, b1 }, vaultKey: made.vaultKey, entryId: save.entryId ?? "" };
}

test("after locking, the memory of the core module holds nothing of the vault", () => {
  const { stored, vaultKey, entryId } = openVault();
  const wanted = {
    "vault key": Uint8Array.from(vaultKey),
    "secret, raw": SECRET_BYTES,
    "secret, base32": text(SECRET),
    "secret, hexadecimal": text(Buffer.from(SECRET_BYTES).toString("hex")),
    label: text(LABEL),
    issuer: text("Zebra Inc"),
    note: text(NOTE),
  };
  const vault = core.Vault.open(vaultKey, stored, bytes(6));
  // The vault key is kept, for the session; secrets and labels are needed.
  expect(found(memoryOf("core"), wanted)).toEqual([
    "vault key",
    "secret, raw",
    "label",
    "issuer",
    "note",
  ]);
  vault.entries();
  vault.code(entryId, NOW / 1000);
  vault.codeValues(NOW / 1000, 1);
  vault.preview({ kind: "keyUri", uri: vault.exportUri(entryId) });
  vault.matchEntries({ partition: "aws", identityCenter: false, account: "123456789012" });
  vault.free();
  expect(found(memoryOf("core"), wanted)).toEqual([]);
});

test("after unlocking, the memory of the kdf module holds neither passphrase nor key", () => {
  const { stored, vaultKey } = openVault();
  const wanted = { passphrase: text(PASSPHRASE), "vault key": Uint8Array.from(vaultKey) };
  expect(kdf.unlockWithPassphrase(stored.h0, stored.h1, text(PASSPHRASE)).vaultKey).toEqual(
    vaultKey,
  );
  kdf.scrubStack();
  expect(found(memoryOf("kdf"), wanted)).toEqual([]);
  // Planted, so that the scan is known to find it.
  const memory = memoryOf("kdf");
  memory.set(text(PASSPHRASE), memory.length - 100);
  expect(found(memory, wanted)).toEqual(["passphrase"]);
});
