/** What the popup shows first, made in one go: each message more would be a wait more. */

import type { PopupView, TabPrompt, TabView } from "../protocol";
import { codesView } from "./codes";
import type { PageServices } from "./page-handlers";
import { readSettings } from "./settings";

/** How long the first answer waits for the page in front. Milliseconds. */
const TAB_WAIT_MS = 60;

export async function popupView(services: PageServices): Promise<PopupView> {
  const { enrolments, ports, recent, session } = services;
  const [settings, vault] = await Promise.all([readSettings(ports.local), session.state()]);
  if (vault.state !== "unlocked") return { settings, vault };
  const slow = ports.sleep(TAB_WAIT_MS).then(() => undefined);
  const asked = Promise.race([tabView(services), slow]).catch(() => undefined);
  const open = await session.look(async (open) => ({
    entries: open.entries(),
    codes: await codesView(open, services),
    recent: await recent.read(),
    scan: await enrolments.gestures.takeScanIntent(),
  }));
  // It counts as use, which nobody waits for.
  session.use(() => undefined).catch(() => undefined);
  const tab = await asked;
  return { settings, vault, open: tab === undefined ? open : { ...open, tab } };
}

/** What the tab in front asks for. */
export async function tabView({ ports, tabs, offers, enrolments }: PageServices): Promise<TabView> {
  const tabId = await ports.tabs.active();
  if (tabId === undefined) return {};
  const [prompt, enrolment] = await Promise.all([
    promptIn(tabId, { tabs, offers }),
    enrolments.gestures.inTab(tabId),
  ]);
  return { ...(prompt ? { prompt } : {}), ...(enrolment ? { enrolment } : {}) };
}

async function promptIn(
  tabId: number,
  { tabs, offers }: Pick<PageServices, "tabs" | "offers">,
): Promise<TabPrompt | undefined> {
  const facts = await tabs.read(tabId);
  if (facts === undefined || facts.prompt === "none") return undefined;
  if (!(await offers.stillAsks(tabId, facts))) return undefined;
  const { entryIds, certain } = await offers.matches(facts);
  return { tabId, host: facts.host, kind: facts.prompt, matches: entryIds, certain };
}
