/**
 * Enrols devices: an entry is saved, read back and compared before its first code leaves; it is pending
 * until AWS has taken it. Decides what the page is shown and which codes it gets, for which gesture.
 */

import { awsPageOf } from "../aws-hosts";
import type { Core } from "../core";
import { deviceOverview } from "../device-overview";
import { failureOf, RequestError } from "../messaging";
import type {
  EnrolmentFacts,
  EnrolmentProtocol,
  EnrolmentStep,
  EntryView,
  OfferView,
} from "../protocol";
import type { Clock } from "./clock";
import { EnrolmentCodes, STEP_MARGIN_MS } from "./enrolment-codes";
import { EnrolmentEntries, namesFor } from "./enrolment-entries";
import { EnrolmentGestures } from "./enrolment-gestures";
import { learntFrom, serialNumberOf } from "./enrolment-identity";
import { EnrolmentMemory, type EnrolmentTab, type Grant, newGrant } from "./enrolment-memory";
import { type ScanProblem, scan } from "./enrolment-scan";
import { EnrolmentTabs } from "./enrolment-tabs";
import { EnrolmentViews } from "./enrolment-views";
import type { EnrolmentSender } from "./gate";
import type { Ports } from "./ports";
import type { ReplayGuard } from "./replay-guard";
import { readSettings } from "./settings";
import type { TabMemory } from "./tab-memory";
import type { VaultSession } from "./vault-session";

type EnrolmentServices = {
  ports: Ports;
  core: Pick<Core, "sameSecret">;
  session: VaultSession;
  tabs: TabMemory;
  clock: Clock;
  guard: ReplayGuard;
};

type Pressed = EnrolmentProtocol["enrolmentPressed"]["request"];

export class Enrolments {
  readonly #services: EnrolmentServices;
  readonly #views: EnrolmentViews;
  readonly #entries: EnrolmentEntries;
  readonly memory: EnrolmentMemory;
  readonly tabs: EnrolmentTabs;
  readonly codes: EnrolmentCodes;
  readonly gestures: EnrolmentGestures;

  constructor(services: EnrolmentServices) {
    const { ports, session, tabs } = services;
    this.#services = services;
    this.#views = new EnrolmentViews(ports.words);
    this.#entries = new EnrolmentEntries(session, tabs);
    this.memory = new EnrolmentMemory(ports.session, ports.now);
    this.tabs = new EnrolmentTabs(ports, this.memory);
    this.codes = new EnrolmentCodes({ ...services, memory: this.memory, views: this.#views });
    this.gestures = new EnrolmentGestures({
      ...services,
      memory: this.memory,
      entries: this.#entries,
      tabs: this.tabs,
    });
  }

  /** What a page is shown for what it tells. */
  async seen(sender: EnrolmentSender, told: EnrolmentFacts): Promise<EnrolmentStep> {
    const tab = await this.memory.remember(sender, told);
    const { grant, facts } = tab;
    if (grant === undefined) return { offer: await this.#firstOffer(sender.tabId, tab) };
    if (facts.form === "none") return { offer: await this.#afterwards(sender.tabId, tab, grant) };
    if (grant.closed || grant.documentId !== tab.documentId || grant.form !== facts.form) {
      return { offer: await this.#firstOffer(sender.tabId, tab) };
    }
    return this.#meanwhile(sender.tabId, tab, grant);
  }

  /** What follows a press on the offer. */
  async pressed(sender: EnrolmentSender, request: Pressed): Promise<EnrolmentStep> {
    const { tabId } = sender;
    const tab = await this.memory.read(tabId);
    if (tab === undefined || tab.documentId !== sender.documentId) {
      throw new RequestError({ kind: "noPrompt" });
    }
    const [verb, entryId = ""] = request.action.split(":");
    switch (verb) {
      case "popup":
        await this.#services.ports.openPopup();
        return { offer: await this.#firstOffer(tabId, tab) };
      case "scan":
        return this.#scan(tabId, tab, request);
      case "fill":
        return this.#resync(tabId, tab, entryId);
      case "again":
        if (tab.grant === undefined || tab.grant.failures > 1) break;
        await this.memory.grant(tabId, { ...tab.grant, state: "waiting", fills: 0 });
        return this.codes.next(tabId, sender.documentId);
      case "done":
      case "discard":
        if (tab.grant?.closed !== true) break;
        return { offer: await this.#end(tabId, tab.grant.entryId, verb) };
    }
    throw new RequestError({ kind: "malformedRequest" });
  }

  async #firstOffer(tabId: number, tab: EnrolmentTab): Promise<OfferView | null> {
    const { ports, session } = this.#services;
    const { form, shown } = tab.facts;
    if (form === "none" || !(await readSettings(ports.local)).offerInPage) return null;
    if ((await session.peek()) === undefined) {
      const { state } = await session.state();
      return state === "absent" ? this.#views.noVault() : this.#views.locked();
    }
    if (form !== "resync") return shown ? this.#views.scan(form) : this.#views.hint();
    const entries = await this.#matching(tabId, tab);
    return entries.length > 0 ? this.#views.resync(entries) : null;
  }

  /** While the boxes of a gesture stand there. */
  async #meanwhile(tabId: number, tab: EnrolmentTab, grant: Grant): Promise<EnrolmentStep> {
    const { clock, session } = this.#services;
    const { form, state } = grant;
    if ((await session.peek()) === undefined) return { offer: this.#views.locked() };
    if (tab.facts.refusals > grant.refusals && state === "filled") {
      const failures = grant.failures + 1;
      const { refusals } = tab.facts;
      await this.memory.grant(tabId, { ...grant, state: "refused", failures, refusals });
      return { offer: this.#views.refused(form, failures) };
    }
    switch (state) {
      case "waiting":
      case "filled": {
        const left = Math.max(0, ((grant.until ?? 0) - (await clock.now())) / 1000);
        const waits = state === "waiting" && grant.fills === 0;
        const offer = waits ? this.#views.waiting(left) : this.#views.filled(form);
        return { offer, askAgainSeconds: left + STEP_MARGIN_MS / 1000 };
      }
      case "notKept":
        return { offer: this.#views.notKept() };
      case "expired":
        return { offer: this.#views.expired() };
      case "refused":
        return { offer: this.#views.refused(form, grant.failures) };
    }
  }

  /** When the boxes have gone: because AWS took the codes, or because the user left. */
  async #afterwards(tabId: number, tab: EnrolmentTab, grant: Grant): Promise<OfferView | null> {
    const { session } = this.#services;
    if ((await session.peek()) === undefined) return null;
    if (grant.form === "resync") {
      await this.memory.grant(tabId, undefined);
      return null;
    }
    const { entryId } = grant;
    const entry = await session.look((vault) => vault.entry(entryId));
    const serialNumber = serialNumberOf(entry, tab.facts.serialNumbers);
    if (serialNumber !== undefined || (tab.facts.success && entry.pending)) {
      // A page says that it is done before it lists the device, whose ARN is still to be learnt.
      const rest = serialNumber === undefined ? { ...grant, closed: true } : undefined;
      const done = await this.#end(tabId, entryId, "done", serialNumber, rest);
      return entry.pending ? done : null;
    }
    // Without a code AWS cannot have added it: the entry waits for another scan.
    const isOver = grant.lastStep === undefined || (!entry.pending && !grant.closed);
    await this.memory.grant(tabId, isOver ? undefined : { ...grant, closed: true });
    const asks = entry.pending && !isOver && !goesElsewhere(tab, grant);
    return asks ? this.#views.ask() : null;
  }

  async #end(
    tabId: number,
    entryId: string,
    how: "done" | "discard",
    serialNumber?: string,
    rest?: Grant,
  ): Promise<OfferView> {
    const { session } = this.#services;
    // First the gesture ends: each change of the vault lets the page ask anew.
    await this.memory.grant(tabId, rest);
    const only = await session.change(
      (vault, random, now) =>
        how === "done"
          ? vault.edit(entryId, learntFrom(serialNumber), random, now)
          : vault.delete(entryId, random, now),
      (vault) => deviceOverview(vault.entry(entryId), vault.entries())?.devices.length === 1,
    );
    return how === "done" ? this.#views.done(only) : this.#views.discarded();
  }

  async #scan(tabId: number, tab: EnrolmentTab, request: Pressed): Promise<EnrolmentStep> {
    const { core, ports } = this.#services;
    const { form } = tab.facts;
    if (form !== "pair" && form !== "single") throw new RequestError({ kind: "noPrompt" });
    const identity = await this.#entries.identity(tabId, tab);
    const refuse = (problem: ScanProblem) => ({ offer: this.#views.problem(problem, form) });
    const found = await scan(core, ports.readQrCodes, request, namesFor(identity));
    if ("problem" in found) return refuse(found.problem);
    try {
      const entryId = await this.#entries.save(found.entry, identity);
      return await this.#begin(tabId, tab, entryId, form);
    } catch (thrown) {
      const { kind } = failureOf(thrown);
      if (kind === "locked") return { offer: this.#views.locked() };
      if (kind === "readOnly") return refuse("enrolReadOnly");
      const isUnsaved = kind === "notSaved" || kind === "vaultFull";
      return refuse(isUnsaved ? "enrolNotSaved" : "enrolUnusable");
    }
  }

  async #resync(tabId: number, tab: EnrolmentTab, entryId: string): Promise<EnrolmentStep> {
    if (tab.facts.form !== "resync") throw new RequestError({ kind: "noPrompt" });
    // Only what this very page was offered: it cannot ask for the codes of another account.
    const entries = await this.#matching(tabId, tab);
    if (!entries.some((entry) => entry.entryId === entryId)) {
      throw new RequestError({ kind: "notOffered" });
    }
    return this.#begin(tabId, tab, entryId, "resync");
  }

  async #matching(tabId: number, tab: EnrolmentTab): Promise<EntryView[]> {
    const identity = await this.#entries.identity(tabId, tab);
    return this.#entries.matching(identity, tab.facts.serialNumbers);
  }

  async #begin(
    tabId: number,
    tab: EnrolmentTab,
    entryId: string,
    form: Grant["form"],
  ): Promise<EnrolmentStep> {
    await this.memory.grant(tabId, newGrant(tab, entryId, form));
    return this.codes.next(tabId, tab.documentId);
  }
}

/** The user signs in anew, somewhere else than where the device was enrolled: that comes first. */
function goesElsewhere({ page }: EnrolmentTab, grant: Grant): boolean {
  return page.host !== grant.host && awsPageOf(`https://${page.host}/`) !== undefined;
}
