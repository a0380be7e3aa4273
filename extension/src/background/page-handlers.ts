/** Answers what the pages of the extension ask. */

import type { Core, Vault } from "../core";
import { type Handlers, RequestError } from "../messaging";
import type { EntryView, PageProtocol, UsedCode } from "../protocol";
import { learnFromChoice } from "./account-links";
import type { Clock } from "./clock";
import { codesAt } from "./codes";
import type { CopiedCode } from "./copied-code";
import type { Enrolments } from "./enrolments";
import type { Fills } from "./fills";
import { importHandlers } from "./import-handlers";
import type { Offers } from "./offers";
import type { Ports } from "./ports";
import type { ReplayGuard } from "./replay-guard";
import { readSettings, saveSettings } from "./settings";
import type { TabMemory } from "./tab-memory";
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
  enrolments: Enrolments;
  core: Core;
};

export function pageHandlers({
  ports,
  session,
  tabs,
  offers,
  fills,
  clock,
  guard,
  copied,
  enrolments,
  core,
}: PageServices): Handlers<PageProtocol, undefined> {
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
    listEntries: () => session.use((vault) => ({ entries: vault.entries() })),
    // A popup that is left open asks for each step: that is no use of the vault.
    readCodes: () =>
      session.look(async (vault) => {
        const unixSeconds = await clock.unixSeconds();
        const codes = codesAt(vault, unixSeconds);
        const used: UsedCode[] = [];
        for (const { entryId, timeStep, periodSeconds } of codes) {
          const steps = await guard.stepsToFresh(entryId, timeStep);
          if (steps > 0) used.push({ entryId, untilSeconds: (timeStep + steps) * periodSeconds });
        }
        return { unixSeconds, codes, used, clock: await clock.view() };
      }),
    readTabPrompt: async () => {
      const tabId = await ports.tabs.active();
      const facts = tabId === undefined ? undefined : await tabs.read(tabId);
      if (tabId === undefined || facts === undefined || facts.prompt === "none") {
        return { prompt: null };
      }
      const { host, prompt: kind } = facts;
      if (!(await offers.stillAsks(tabId, facts))) return { prompt: null };
      const { entryIds, certain } = await offers.matches(facts);
      return { prompt: { tabId, host, kind, matches: entryIds, certain } };
    },
    previewEntry: (entry) => session.use((vault) => vault.preview(entry)),
    // Looks at no entry, but a page that is locked has nothing to save.
    readMigration: ({ uri }) => session.look(() => core.readMigration(uri)),
    addEntry: (entry) =>
      session.change(
        (vault, random, now) => vault.add(entry, random, now),
        (vault, save) => shown(vault, save.entryId),
      ),
    readEnrolment: async () => {
      const tabId = await ports.tabs.active();
      const enrolment = tabId === undefined ? undefined : await enrolments.gestures.inTab(tabId);
      return { enrolment: enrolment ?? null };
    },
    enrolEntry: async ({ entry, tabId }) => {
      const entryId = await enrolments.gestures.enrol(tabId, entry);
      return session.use((vault) => shown(vault, entryId));
    },
    takeIntent: async () => ({ scan: await enrolments.gestures.takeScanIntent() }),
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
    codeCopied: async ({ code }) => {
      await copied.remember(code);
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
