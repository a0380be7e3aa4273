/** What is pasted into the page: files, links, or the text of an export. */

import { useEffect } from "preact/hooks";
import { useWords } from "../ui/services";
import type { Piece } from "./use-files";

/** Read like a file: what it is is found out by what is in it. */
export function pastedPiece(text: string, name: string): Piece {
  return { name, blob: new Blob([text], { type: "text/plain" }) };
}

/** Takes what is pasted anywhere in the page but into a field. */
export function usePaste(enabled: boolean, onPieces: (pieces: Piece[]) => void): void {
  const words = useWords();
  useEffect(() => {
    if (!enabled) return;
    const onPaste = ({ clipboardData, target }: ClipboardEvent) => {
      const isField = target instanceof Element && target.matches("input, textarea");
      if (clipboardData === null || isField) return;
      const files = [...clipboardData.files];
      const text = clipboardData.getData("text/plain");
      if (files.length > 0) onPieces(files.map((blob) => ({ name: blob.name, blob })));
      else if (text.trim() !== "") onPieces([pastedPiece(text, words("importPasted"))]);
    };
    document.addEventListener("paste", onPaste);
    return () => document.removeEventListener("paste", onPaste);
  }, [enabled, onPieces, words]);
}
