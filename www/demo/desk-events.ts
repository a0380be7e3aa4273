/** What the extension does to the world around its pages. */

import type { PageName } from "../../extension/src/ui/services";

export type DeskEvent =
  /** A page opens; `undefined` closes the popup. */
  | { type: "page"; page: PageName | "popup" | undefined }
  /** A code was filled in the tab. */
  | { type: "filled"; code: string };

export class DeskEvents {
  readonly #listeners = new Set<(event: DeskEvent) => void>();

  listen(listener: (event: DeskEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: DeskEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
