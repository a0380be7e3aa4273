/**
 * Gestures that are made elsewhere than on the offer: the popup, the shortcut, the menu of a picture.
 * They let the extension see the tab, where the page's own picture cannot be read.
 */

import type { Core } from "../core";
import { RequestError } from "../messaging";
import type { NewEntry, TabEnrolment } from "../protocol";
import { type EnrolmentEntries, namesFor } from "./enrolment-entries";
import { type EnrolmentMemory, newGrant } from "./enrolment-memory";
import { scan } from "./enrolment-scan";
import type { EnrolmentTabs } from "./enrolment-tabs";
import type { Ports } from "./ports";
import type { VaultSession } from "./vault-session";

/** Where it is kept that the popup is opened to scan, and for how long. Milliseconds. */
const SCAN_INTENT = "scan-intent";
const INTENT_MS = 5000;
/** Stands for the one picture of the tab, whose codes are read already. */
const TAB_PICTURE = { width: 0, height: 0, luma: "" };

type GestureServices = {
  ports: Ports;
  core: Pick<Core, "sameSecret">;
  session: VaultSession;
  memory: EnrolmentMemory;
  entries: EnrolmentEntries;
  tabs: EnrolmentTabs;
};

export class EnrolmentGestures {
  readonly #services: GestureServices;

  constructor(services: GestureServices) {
    this.#services = services;
  }

  /** The form of a tab that still shows one. */
  async inTab(tabId: number): Promise<TabEnrolment | undefined> {
    const { memory, tabs } = this.#services;
    const tab = await memory.read(tabId);
    const form = tab?.facts.form;
    if (tab === undefined || (form !== "pair" && form !== "single")) return undefined;
    const isThere = await tabs.lookAgain(tabId, tab).then(
      () => true,
      () => false,
    );
    return isThere ? { tabId, host: tab.page.host, form } : undefined;
  }

  /** Saves what was scanned in another way, for the form of a tab, which then asks for its codes. */
  async enrol(tabId: number, entry: NewEntry): Promise<string> {
    const { entries, memory, tabs } = this.#services;
    const tab = await memory.read(tabId);
    const form = tab?.facts.form;
    if (tab === undefined || (form !== "pair" && form !== "single")) {
      throw new RequestError({ kind: "noPrompt" });
    }
    const entryId = await entries.save(entry, await entries.identity(tabId, tab));
    await memory.grant(tabId, newGrant(tab, entryId, form));
    await tabs.lookAgain(tabId, tab);
    return entryId;
  }

  /**
   * A gesture that shows what the tab looks like: scans it for its form. Says whether there was one.
   */
  async scanTab(tabId: number): Promise<boolean> {
    const { core, entries, memory, ports, session } = this.#services;
    const enrolment = await this.inTab(tabId);
    const tab = await memory.read(tabId);
    if (enrolment === undefined || tab === undefined || (await session.peek()) === undefined) {
      return false;
    }
    const texts = await ports.readTab().catch(() => []);
    const identity = await entries.identity(tabId, tab);
    const found = await scan(
      core,
      async () => texts,
      { pictures: [TAB_PICTURE] },
      namesFor(identity),
    );
    if ("problem" in found) return false;
    await this.enrol(tabId, found.entry);
    return true;
  }

  /** The next popup that opens is to scan. */
  async openToScan(): Promise<void> {
    const { ports } = this.#services;
    await ports.session.set({ [SCAN_INTENT]: ports.now() });
    await ports.openPopup();
  }

  async takeScanIntent(): Promise<boolean> {
    const { ports } = this.#services;
    const at = (await ports.session.get([SCAN_INTENT]))[SCAN_INTENT];
    if (at === undefined) return false;
    await ports.session.remove([SCAN_INTENT]);
    return typeof at === "number" && ports.now() - at < INTENT_MS;
  }
}
