/** Answers what the pages of the extension ask. */

import type { Vault } from "../core";
import { connect, type Handlers, RequestError } from "../messaging";
import type { EntryView, FillResult, PageProtocol, TabProtocol } from "../protocol";
import { codesAt } from "./codes";
import type { Offers } from "./offers";
import type { Ports } from "./ports";
import { readSettings, saveSettings } from "./settings";
import type { TabMemory } from "./tab-memory";
import type { VaultSession } from "./vault-session";

export type PageServices = {
  ports: Ports;
  session: VaultSession;
  tabs: TabMemory;
  offers: Offers;
};

export function pageHandlers({
  ports,
  session,
  tabs,
  offers,
}: PageServices): Handlers<PageProtocol, undefined> {
  const unixSeconds = () => Math.floor(ports.now() / 1000);
  const shown = (vault: Vault, entryId: string | undefined): { entry: EntryView } => {
    if (entryId === undefined) throw new RequestError({ kind: "unexpected" });
    return { entry: vault.entry(entryId) };
  };

  return {
    readVaultState: () => session.state(),
    createVault: async ({ header, session: sealed }) => {
      await session.create(header, sealed);
      return {};
    },
    unlockVault: async ({ session: sealed }) => {
      await session.unlock(sealed);
      return {};
    },
    replaceHeader: async ({ header }) => {
      await session.replaceHeader(header);
      return {};
    },
    lockVault: async () => {
      await session.lock();
      return {};
    },
    listEntries: () => session.use((vault) => ({ entries: vault.entries() })),
    readCodes: () =>
      session.use((vault) => {
        const now = unixSeconds();
        return { unixSeconds: now, codes: codesAt(vault, now) };
      }),
    readTabPrompt: async () => {
      const tabId = await ports.tabs.active();
      const facts = tabId === undefined ? undefined : await tabs.read(tabId);
      if (tabId === undefined || facts === undefined || facts.prompt === "none") {
        return { prompt: null };
      }
      const { entryIds, certain } = await offers.matches(facts);
      return {
        prompt: { tabId, host: facts.host, kind: facts.prompt, matches: entryIds, certain },
      };
    },
    previewEntry: (entry) => session.use((vault) => vault.preview(entry)),
    addEntry: (entry) =>
      session.change(
        (vault, random, now) => vault.add(entry, random, now),
        (vault, save) => shown(vault, save.entryId),
      ),
    editEntry: ({ entryId, edit }) =>
      session.change(
        (vault, random, now) => vault.edit(entryId, edit, random, now),
        (vault) => shown(vault, entryId),
      ),
    deleteEntry: ({ entryId }) =>
      session.change(
        (vault, random, now) => vault.delete(entryId, random, now),
        () => ({}),
      ),
    restoreEntry: ({ entryId }) =>
      session.change(
        (vault, random, now) => vault.restore(entryId, random, now),
        (vault) => shown(vault, entryId),
      ),
    fillEntry: async ({ entryId, tabId }): Promise<FillResult> => {
      const facts = await tabs.read(tabId);
      if (facts === undefined || facts.prompt === "none") return { outcome: "noField" };
      const code = await session.use((vault) => vault.code(entryId, unixSeconds()).code);
      const tab = connect<TabProtocol>("tab", (envelope) =>
        ports.tabs.send(tabId, facts.documentId, envelope),
      );
      try {
        return await tab.fillCode({ code });
      } catch {
        // The page was left or reloaded since it told what it shows.
        return { outcome: "noField" };
      }
    },
    readSettings: () => readSettings(ports.local),
    saveSettings: async ({ settings }) => {
      const { idleLockMinutes } = await saveSettings(ports.local, settings);
      ports.idleAfter(idleLockMinutes * 60);
      await session.settingsChanged();
      return {};
    },
  };
}
