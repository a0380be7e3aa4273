/** Reads what the user gives, one after the other: files, pictures of QR codes, pasted text. */

import { useCallback, useRef, useState } from "preact/hooks";
import type { FileReading } from "../file-service";
import { failureOf, RequestError } from "../messaging";
import { failureWords } from "../ui/failure-words";
import { kindOf, nameOf } from "../ui/qr-kind";
import { useServices } from "../ui/services";
import { unreadWords } from "./refusal-words";

/** The most that is read of one file, in bytes: as the import module. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** What Doorcode's own backups begin with (VAULT.md). */
const BACKUP_MAGIC = "DCK1";

/** Something given, with the name to call it by. */
export type Piece = { name: string; blob: Blob };

/** A piece that was read. */
export type ReadPiece = { name: string } & Extract<FileReading, { kind: "report" }>;

/** Why a piece was not read. */
export type Remark = { name: string; text: string };

export type Progress =
  | { step: "idle" }
  | { step: "reading"; name: string; opening: boolean }
  | { step: "password"; name: string; format: string; wrong: "no" | "short" | "long" };

type Files = {
  progress: Progress;
  read: readonly ReadPiece[];
  remarks: readonly Remark[];
};

const NOTHING: Files = { progress: { step: "idle" }, read: [], remarks: [] };

export function useFiles() {
  const { files, readPicture, words } = useServices();
  const [state, setState] = useState(NOTHING);
  /** The links of all pictures and pastes: the parts of one export come in any order. */
  const links = useRef<string[]>([]);
  const cancel = useRef(new AbortController());
  const answerPassword = useRef<((password: string | undefined) => void) | undefined>(undefined);

  const add = useCallback(
    async (pieces: readonly Piece[]) => {
      cancel.current = new AbortController();
      const { signal } = cancel.current;
      const progress = (next: Progress) => setState((now) => ({ ...now, progress: next }));
      const read: ReadPiece[] = [];
      const remarks: Remark[] = [];
      const found: string[] = [];

      const askPassword = (name: string, format: string, wrong: "no" | "short" | "long") =>
        new Promise<string | undefined>((resolve, reject) => {
          answerPassword.current = resolve;
          signal.addEventListener("abort", () => reject(new RequestError({ kind: "cancelled" })));
          progress({ step: "password", name, format, wrong });
        });

      const readPictureOf = async ({ name, blob }: Piece) => {
        const texts = await readPicture(blob);
        if (texts.length === 0) remarks.push({ name, text: words("scanNothing") });
        for (const text of texts) {
          if (kindOf(text) === "other") remarks.push({ name, text: words(nameOf(text)) });
          else found.push(text);
        }
      };

      const readFile = async (piece: Piece) => {
        const { name, blob } = piece;
        let password: string | undefined;
        let format = "";
        for (;;) {
          progress({ step: "reading", name, opening: password !== undefined });
          const bytes = new Uint8Array(await blob.arrayBuffer());
          const reading = await files.read(bytes, password, signal);
          if (reading.kind === "report") return read.push({ name, ...reading });
          if (reading.kind === "unreadable" && reading.what === "picture")
            return readPictureOf(piece);
          if (reading.kind === "unreadable" || reading.kind === "failed")
            return remarks.push({ name, text: unreadWords(reading, words) });
          if (reading.kind === "passphraseNeeded") format = reading.format;
          const wrong = reading.kind === "wrongPassphrase" && (reading.long ? "long" : "short");
          password = await askPassword(name, format, wrong || "no");
          if (password === undefined) return undefined;
        }
      };

      const readPiece = async (piece: Piece) => {
        const { name, blob } = piece;
        progress({ step: "reading", name, opening: false });
        if (blob.size > MAX_FILE_BYTES) {
          remarks.push({ name, text: words("importTooLarge") });
        } else if ((await blob.slice(0, BACKUP_MAGIC.length).text()) === BACKUP_MAGIC) {
          const title = words("restoreBackup");
          remarks.push({ name, text: words("importIsBackup", { title }) });
        } else if (blob.type.startsWith("image/")) {
          await readPictureOf(piece);
        } else if (/^\uFEFF?\s*otpauth-migration:/i.test(await blob.slice(0, 200).text())) {
          found.push(...(await blob.text()).split(/\s+/).filter((line) => line !== ""));
        } else {
          await readFile(piece);
        }
      };

      try {
        for (const piece of pieces) {
          await readPiece(piece).catch((thrown) => {
            const failure = failureOf(thrown);
            if (failure.kind === "cancelled") throw thrown;
            remarks.push({ name: piece.name, text: failureWords(failure, words) });
          });
        }
        const name = words("importCodes");
        if (found.length > 0) {
          const all = [...links.current, ...found];
          await readFile({ name, blob: new Blob([all.join("\n")]) });
          links.current = all;
        }
        setState((before) => {
          const kept =
            found.length > 0 ? before.read.filter((one) => one.name !== name) : before.read;
          return { progress: { step: "idle" }, read: [...kept, ...read], remarks };
        });
      } catch {
        // Cancelled: as it was before.
        setState((before) => ({ ...before, progress: { step: "idle" } }));
      }
    },
    [files, readPicture, words],
  );

  return {
    ...state,
    add,
    cancel: () => cancel.current.abort(),
    /** Gives the password that was asked for; nothing leaves the file out. */
    password: (password: string | undefined) => answerPassword.current?.(password),
    forget: () => {
      links.current = [];
      setState(NOTHING);
    },
  };
}
