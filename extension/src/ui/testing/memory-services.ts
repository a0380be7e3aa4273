/** The services of a page in memory, for tests and pictures. */

import english from "../../../_locales/en/messages.json";
import type { FileService } from "../../file-service";
import type { KeyService } from "../../key-service";
import { RequestError } from "../../messaging";
import { wordsFromCatalogue } from "../../words/catalogue-words";
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
    files: memoryFiles(),
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
    isMac: false,
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

/** What the files in memory are, by the first line of their text. */
export const FILE_PASSWORD = "made up for the file";

/**
 * Reads lists of key URIs. A first line `encrypted` asks for the password, `stuck` never ends, and
 * `unreadable` or `failed` with a word after it are read as that.
 */
export function memoryFiles(): FileService {
  const encoder = new TextEncoder();
  return {
    read: async (file, passphrase, signal) => {
      const [first = "", ...rest] = new TextDecoder().decode(file).trim().split("\n");
      const [kind, word] = first.split(" ");
      if (kind === "stuck") {
        return new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(new RequestError({ kind: "cancelled" })));
        });
      }
      if (kind === "unreadable") return { kind, what: word as never };
      if (kind === "failed") return { kind, why: word as never };
      const encrypted = kind === "encrypted";
      if (encrypted && passphrase === undefined)
        return { kind: "passphraseNeeded", format: "aegis-encrypted" };
      if (encrypted && passphrase !== FILE_PASSWORD)
        return { kind: "wrongPassphrase", long: false };
      const lines = encrypted ? rest : [first, ...rest];
      const uris = lines.filter((line) => line.startsWith("otpauth://"));
      const refused = lines.filter((line) => line.startsWith("refused "));
      return {
        kind: "report",
        format: encrypted ? "aegis-encrypted" : "otpauth",
        entries: uris.map((uri) => ({ uri, note: "", pinned: false })),
        refused: refused.map((line) => {
          const [, reason = "", ...entry] = line.split(" ");
          return { entry: entry.join(" "), reason };
        }),
      };
    },
    writeList: async (entries) => encoder.encode(entries.map(({ uri }) => `${uri}\n`).join("")),
    writeAegis: async (_entries, passphrase) => encoder.encode(passphrase ? "encrypted" : "plain"),
    writePhoneCodes: async (entries) => ({
      parts: entries.slice(1).map((_entry, at) => `otpauth-migration://offline?data=part${at}`),
      leftOut: [0],
    }),
  };
}
