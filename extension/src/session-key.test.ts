import { describe, expect, test } from "vitest";
import { memoryKeyStore } from "./background/memory-ports";
import { beginSession, extendSession, openSession } from "./session-key";

const vaultKey = () => Uint8Array.from({ length: 32 }, (_, index) => index);
const read = async (bytes: Uint8Array) => [...bytes];

describe("a session", () => {
  test("opens the vault key again, until its deadline", async () => {
    const keys = memoryKeyStore();
    const session = await beginSession(keys, vaultKey(), 1000);
    expect(await openSession(keys, session, 999, read)).toEqual([...vaultKey()]);
    expect(await openSession(keys, session, 1000, read)).toBeUndefined();
  });

  test("shows nothing of the vault key in the half that is stored", async () => {
    const session = await beginSession(memoryKeyStore(), vaultKey(), 1000);
    expect(atob(session.sealed.replaceAll("-", "+").replaceAll("_", "/"))).not.toContain(
      String.fromCharCode(...vaultKey().slice(0, 8)),
    );
  });

  test("keeps the other half from being read out", async () => {
    const keys = memoryKeyStore();
    await beginSession(keys, vaultKey(), 1000);
    const key = await keys.read();
    expect(key?.extractable).toBe(false);
    await expect(crypto.subtle.exportKey("raw", key as CryptoKey)).rejects.toThrow();
  });

  test("does not open when its deadline was edited", async () => {
    const keys = memoryKeyStore();
    const session = await beginSession(keys, vaultKey(), 1000);
    expect(await openSession(keys, { ...session, deadline: 9000 }, 2000, read)).toBeUndefined();
  });

  test("does not open without its key, or with the key of a later session", async () => {
    const keys = memoryKeyStore();
    const session = await beginSession(keys, vaultKey(), 1000);
    await beginSession(keys, vaultKey(), 1000);
    expect(await openSession(keys, session, 0, read)).toBeUndefined();
    await keys.remove();
    expect(await openSession(keys, session, 0, read)).toBeUndefined();
  });

  test("is extended while it lasts and not after", async () => {
    const keys = memoryKeyStore();
    const session = await beginSession(keys, vaultKey(), 1000);
    const longer = await extendSession(keys, session, 500, 3000);
    expect(longer && (await openSession(keys, longer, 2999, read))).toEqual([...vaultKey()]);
    expect(await extendSession(keys, session, 1000, 3000)).toBeUndefined();
  });

  test("wipes the vault key after its use", async () => {
    const keys = memoryKeyStore();
    const session = await beginSession(keys, vaultKey(), 1000);
    const kept = await openSession(keys, session, 0, (bytes) => bytes);
    expect(kept?.every((byte) => byte === 0)).toBe(true);
  });
});
