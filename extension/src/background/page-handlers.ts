/** Answers what the pages of the extension ask. */

import type { Core, Vault } from "../core";
import { type Handlers, RequestError } from "../messaging";
import type { EntryView, PageProtocol } from "../protocol";
import { learnFromChoice } from "./account-links";
import type { Clock } from "./clock";
import { codesView } from "./codes";
import type { CopiedCode } from "./copied-code";
import type { Enrolments } from "./enrolments";
import type { Fills } from "./fills";
import { importHandlers } from "./import-handlers";
import { knownEntries } from "./known-entries";
import type { Offers } from "./offers";
import { popupView, tabView } from "./popup-view";
import type { Ports } from "./ports";
import type { RecentEntries } from "./recent-entries";
import type { ReplayGuard } from "./replay-guard";
import { readSettings, saveSettings } from "./settings";
import type { TabMemory } from "./tab-memory";
import type { ToolbarButton } from "./toolbar-button";
import { vaultHandlers } from "./vault-handlers";
import type { VaultSession } from "./vault-session";

export type PageServices = {
  ports: Ports;
  session: VaultSession;
  tabs: TabMemory;
  offers: Offers;
  fills: Fills;
  clock: Clock;
  guard: ReplayGuard;
  copied: CopiedCode;
  recent: RecentEntries;
  enrolments: Enrolments;
  button: ToolbarButton;
  core: Core;
};

export function pageHandlers(services: PageServices): Handlers<PageProtocol, undefined> {
  const { ports, session, tabs, offers, fills, copied, recent, enrolments, core } = services;
  const shown = (vault: Vault, entryId: string | undefined): { entry: EntryView } => {
    if (entryId === undefined) throw new RequestError({ kind: "unexpected" });
    return { entry: vault.entry(entryId) };
  };

  return {
    ...vaultHandlers(ports, session, core.backupNonceBytes),
    ...importHandlers(ports, session),
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
    listEntries: () => session.use((vault) => ({ entries: [...knownEntries(vault).all] })),
    // A popup that is left open asks for each step: that is no use of the vault.
    readCodes: () => session.look((vault) => codesView(vault, services)),
    readPopup: () => popupView(services),
    readTab: () => tabView(services),
    previewEntry: (entry) => session.use((vault) => vault.preview(entry)),
    // Looks at no entry, but a page that is locked has nothing to save.
    readMigration: ({ uri }) => session.look(() => core.readMigration(uri)),
    addEntry: (entry) =>
      session.change(
        (vault, random, now) => vault.add(entry, random, now),
        (vault, save) => shown(vault, save.entryId),
      ),
    enrolEntry: async ({ entry, tabId }) => {
      const entryId = await enrolments.gestures.enrol(tabId, entry);
      return session.use((vault) => shown(vault, entryId));
    },
    editEntry: ({ entryId, edit }) =>
      session.change(
        (vault, random, now) => vault.edit(entryId, edit, random, now),
        (vault) => shown(vault, entryId),
      ),
    editEntries: ({ edits }) =>
      session.change(
        (vault, random, now) => {
          const entryIds = edits.map(({ entryId }) => entryId);
          const changes = edits.map(({ edit }) => edit);
          return edits.length === 0 ? undefined : vault.editAll(entryIds, changes, random, now);
        },
        (vault) => ({ entries: edits.map(({ entryId }) => vault.entry(entryId)) }),
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
    fillEntry: async ({ entryId, tabId, confirmed }) => {
      const facts = await tabs.read(tabId);
      if (facts?.prompt === "structural" && confirmed === "nothing") {
        await offers.askAboutField(tabId, facts, entryId);
        return { outcome: "unsure" };
      }
      if (facts !== undefined) {
        await learnFromChoice(session, facts, await offers.matches(facts), entryId);
      }
      const { waits, ended } = await fills.begin(tabId, entryId, confirmed === "usedCode");
      return waits === undefined ? ended : { outcome: "waiting", ...waits };
    },
    awaitFill: async ({ tabId }) => (await fills.last(tabId)?.ended) ?? { outcome: "noField" },
    codeCopied: async ({ entryId, text }) => {
      await recent.add(entryId);
      await copied.remember(text);
      return {};
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
