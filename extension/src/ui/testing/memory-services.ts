/** The services of a page in memory, for tests and pictures. */

import english from "../../../_locales/en/messages.json";
import type { KeyService } from "../../key-service";
import { RequestError } from "../../messaging";
import { wordsFromCatalogue } from "../catalogue-words";
import type { PageServices } from "../services";
import { type MemoryState, memoryBackground } from "./memory-background";

export const words = wordsFromCatalogue(english, "en");

export const PASSPHRASE = "correct horse battery staple";
export const RECOVERY_CODE = "ABCD EFGH IJKL MNOP QRST UVWX YZ23 4567 7Q";

/** What the page did to the world. */
export type Effects = {
  copied: string[];
  opened: string[];
  closed: boolean;
  /** The names of the files saved. */
  saved: string[];
  printed: number;
};

export type MemoryServices = PageServices & { effects: Effects };

export function memoryServices(
  state: MemoryState,
  overrides: Partial<PageServices> = {},
): MemoryServices {
  const effects: Effects = {
    copied: [],
    opened: [],
    closed: false,
    saved: [],
    printed: 0,
  };
  const clock = overrides.clock ?? Date.now;
  return {
    background: memoryBackground(state, clock),
    keys: memoryKeys(),
    words,
    clock,
    randomBelow: () => 1,
    copyText: async (text) => {
      effects.copied.push(text);
    },
    openPage: (page, fragment) => {
      effects.opened.push(fragment === undefined ? page : `${page}#${fragment}`);
    },
    openUrl: (url) => {
      effects.opened.push(url);
    },
    isPinned: async () => undefined,
    closePopup: () => {
      effects.closed = true;
    },
    printPage: () => {
      effects.printed += 1;
    },
    passkeys: undefined,
    saveFile: async (name, bytes) => {
      effects.saved.push(name);
      return { readBack: bytes };
    },
    captureTab: async () => new Blob(),
    readPicture: async () => [],
    allowClipboard: async (allow) => allow,
    version: "0.1.0",
    ...overrides,
    effects,
  };
}

/** Takes the one passphrase and the one recovery code, at once. */
export function memoryKeys(): KeyService {
  const session = { iv: "", sealed: "", deadline: 0 };
  const check = ({ kind, text }: { kind: "passphrase" | "recoveryCode"; text: string }) => {
    if (kind === "passphrase" && text !== PASSPHRASE) {
      throw new RequestError({ kind: "wrongPassphraseOrTampered" });
    }
    if (kind === "recoveryCode" && text.replace(/\s/g, "") !== RECOVERY_CODE.replace(/\s/g, "")) {
      throw new RequestError({ kind: "recoveryCodeMistyped" });
    }
  };
  const passphrase = (text: string) => check({ kind: "passphrase", text });
  return {
    prove: async (_headers, secret) => {
      check(secret);
      return { proof: session };
    },
    rotateKey: async (_headers, text) => {
      passphrase(text);
      return { header: "header", key: session, recoveryCode: RECOVERY_CODE };
    },
    makeBackupKey: async (_headers, text) => {
      passphrase(text);
      return { header: "header", key: session };
    },
    unlockBackup: async (_file, text) => {
      passphrase(text);
      return { key: session };
    },
    passkeyRequest: async () => ({ request: undefined }),
    unlockWithPasskey: async () => ({ session }),
    addPasskey: async (_headers, text) => {
      passphrase(text);
      return { header: "header" };
    },
    removePasskey: async (_headers, text) => {
      passphrase(text);
      return { header: "header" };
    },
    makeVault: async () => ({ header: "header", session, recoveryCode: RECOVERY_CODE }),
    unlock: async (_headers, secret) => {
      check(secret);
      return { session };
    },
    changePassphrase: async (_headers, secret) => {
      check(secret);
      return { header: "header" };
    },
    replaceRecoveryCode: async (_headers, secret) => {
      check(secret);
      return { header: "header", recoveryCode: RECOVERY_CODE };
    },
  };
}
