/** What the popup shows first, made in one go: each message more would be a wait more. */

import { firstScreen } from "../list/first-screen";
import type { PopupView, TabPrompt, TabView } from "../protocol";
import { codesView } from "./codes";
import { knownEntries } from "./known-entries";
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
  // Made while the tab is asked.
  await session.look(knownEntries);
  const [tab, used, scan] = await Promise.all([
    asked,
    recent.read(),
    enrolments.gestures.takeScanIntent(),
  ]);
  const open = await session.look(async (vault) => {
    const { kept } = knownEntries(vault);
    const input = {
      recent: used,
      matches: tab?.prompt?.matches ?? [],
      grouped: settings.groupByAccount,
    };
    // A browser takes its time for a long message.
    const entries = firstScreen(kept, input, ports.pageWords());
    const sent = new Set(entries.map(({ entryId }) => entryId));
    return {
      entries,
      complete: entries.length === kept.length,
      codes: await codesView(vault, services, sent),
    };
  });
  // It counts as use, which nobody waits for.
  session.use(() => undefined).catch(() => undefined);
  return { settings, vault, open: { ...open, recent: used, scan, ...(tab && { tab }) } };
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
