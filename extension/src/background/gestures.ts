/** The gestures that name no entry: the keyboard shortcut, and the menu of a field. */

import type { Fills } from "./fills";
import type { Offers } from "./offers";
import type { Ports } from "./ports";
import type { TabMemory } from "./tab-memory";

/** A repeated gesture within this time is a key that was held, not a second wish. Milliseconds. */
const REPEAT_MS = 700;

type GestureServices = { ports: Ports; tabs: TabMemory; offers: Offers; fills: Fills };

export class Gestures {
  readonly #services: GestureServices;

  constructor(services: GestureServices) {
    this.#services = services;
  }

  /**
   * Fills the one certain match of a tab into a field that is known. In all other cases the popup
   * opens, where the user chooses. A second time while the fill waits because the code was used, it
   * is filled all the same.
   */
  async fillTab(tabId: number | undefined): Promise<void> {
    const { fills, ports } = this.#services;
    const entryId = tabId === undefined ? undefined : await this.#certainMatch(tabId);
    if (tabId === undefined || entryId === undefined) return ports.openPopup();
    const last = fills.last(tabId);
    const waits = last?.over === false && last.entryId === entryId ? last.waits : undefined;
    if (last !== undefined && waits !== undefined) {
      if (!waits.used || ports.now() - last.startedAt < REPEAT_MS) return;
    }
    const fill = await fills.begin(tabId, entryId, waits !== undefined);
    const { outcome } = await fill.ended;
    // The tab shows another page by now. Where a fill waited, its page went away by itself.
    if (outcome === "noField" && fill.waits === undefined) await ports.openPopup();
  }

  async #certainMatch(tabId: number): Promise<string | undefined> {
    const { offers, tabs } = this.#services;
    const facts = await tabs.read(tabId);
    if (facts?.prompt !== "known") return undefined;
    const { entryIds, certain } = await offers.matches(facts);
    return certain ? entryIds[0] : undefined;
  }
}
