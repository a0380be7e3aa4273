/**
 * Enrols devices: an entry is saved, read back and compared before its first code leaves; it is pending
 * until AWS has taken it. Decides what the page is shown and which codes it gets, for which gesture.
 */

import type { Core } from "../core";
import { deviceOverview } from "../device-overview";
import { connect, failureOf, RequestError } from "../messaging";
import type {
  EnrolmentFacts,
  EnrolmentProtocol,
  EnrolmentStep,
  EnrolmentTabProtocol,
  EntryView,
  NewEntry,
  OfferView,
  TabEnrolment,
} from "../protocol";
import type { Clock } from "./clock";
import {
  type EnrolmentIdentity,
  identityOf,
  learnt,
  learntFrom,
  serialNumberOf,
} from "./enrolment-identity";
import { EnrolmentMemory, type EnrolmentTab, type Grant } from "./enrolment-memory";
import { type ScanProblem, scan } from "./enrolment-scan";
import { EnrolmentViews } from "./enrolment-views";
import type { EnrolmentSender } from "./gate";
import type { Ports } from "./ports";
import type { ReplayGuard } from "./replay-guard";
import { readSettings } from "./settings";
import type { TabMemory } from "./tab-memory";
import type { VaultSession } from "./vault-session";

/** With less time than this left, AWS might get the codes too late. Milliseconds. */
const FRESH_MS = 3000;
/** How often codes are filled anew for one gesture, when steps pass and nothing is submitted. */
const MAX_FILLS = 4;
/** So many milliseconds after a step has begun, everybody is in it. */
const STEP_MARGIN_MS = 50;

/** Where it is kept that the popup is opened to scan, and for how long. Milliseconds. */
const SCAN_INTENT = "scan-intent";
const INTENT_MS = 5000;
const NO_PICTURE = { width: 0, height: 0, luma: "" };

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
  readonly memory: EnrolmentMemory;

  constructor(services: EnrolmentServices) {
    this.#services = services;
    this.#views = new EnrolmentViews(services.ports.words);
    this.memory = new EnrolmentMemory(services.ports.session, services.ports.now);
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
        return this.codes(tabId, sender.documentId);
      case "done":
      case "discard":
        if (tab.grant?.closed !== true) break;
        return { offer: await this.#end(tabId, tab.grant.entryId, verb) };
    }
    throw new RequestError({ kind: "malformedRequest" });
  }

  /** The codes for the boxes that a gesture was made for, or when to ask for them again. */
  async codes(tabId: number, documentId: string | undefined): Promise<EnrolmentStep> {
    const { clock, session } = this.#services;
    const grant = (await this.memory.read(tabId))?.grant;
    const holds = grant?.state === "waiting" || grant?.state === "filled";
    if (grant === undefined || !holds || grant.closed || grant.documentId !== documentId) {
      throw new RequestError({ kind: "noPrompt" });
    }
    if (grant.fills >= MAX_FILLS) {
      await this.memory.grant(tabId, { ...grant, state: "expired" });
      return { offer: this.#views.expired() };
    }
    if ((await session.peek()) === undefined) return { offer: this.#views.locked() };
    const now = await clock.now();
    const { timeStep, periodSeconds, pair } = await session.use((vault) => {
      const at = (seconds: number) => vault.code(grant.entryId, seconds);
      const current = at(Math.floor(now / 1000));
      const before = at((current.timeStep - 1) * current.periodSeconds);
      return { ...current, pair: [before.code, current.code] };
    });
    const start = await this.#startOf(grant, timeStep, periodSeconds, now);
    const wait = (until: number) => (until - now + STEP_MARGIN_MS) / 1000;
    if (start > now) {
      await this.memory.grant(tabId, { ...grant, until: start });
      const waits = grant.fills === 0;
      const offer = waits
        ? this.#views.waiting((start - now) / 1000)
        : this.#views.filled(grant.form);
      return { offer, askAgainSeconds: wait(start) };
    }
    const until = (timeStep + 1) * periodSeconds * 1000;
    const fills = grant.fills + 1;
    await this.memory.grant(tabId, { ...grant, state: "filled", fills, lastStep: timeStep, until });
    return {
      offer: this.#views.filled(grant.form),
      codes: grant.form === "single" ? pair.slice(1) : pair,
      askAgainSeconds: wait(until),
    };
  }

  /** The page has written the codes that it got, or did not keep them. */
  async written(sender: EnrolmentSender, kept: boolean): Promise<EnrolmentStep> {
    const grant = (await this.memory.read(sender.tabId))?.grant;
    if (grant?.lastStep === undefined || grant.documentId !== sender.documentId) {
      throw new RequestError({ kind: "noPrompt" });
    }
    if (!kept) {
      await this.memory.grant(sender.tabId, { ...grant, state: "notKept" });
      return { offer: this.#views.notKept() };
    }
    await this.#services.guard.record(grant.entryId, grant.lastStep);
    return { offer: this.#views.filled(grant.form) };
  }

  /** The form of a tab that still shows one. */
  async inTab(tabId: number): Promise<TabEnrolment | undefined> {
    const tab = await this.memory.read(tabId);
    const form = tab?.facts.form;
    if (tab === undefined || (form !== "pair" && form !== "single")) return undefined;
    const isThere = await this.#lookAgain(tabId, tab).then(
      () => true,
      () => false,
    );
    return isThere ? { tabId, host: tab.page.host, form } : undefined;
  }

  /** Saves what was scanned in another way, for the form of a tab, which then asks for its codes. */
  async enrol(tabId: number, entry: NewEntry): Promise<string> {
    const tab = await this.memory.read(tabId);
    const form = tab?.facts.form;
    if (tab === undefined || (form !== "pair" && form !== "single")) {
      throw new RequestError({ kind: "noPrompt" });
    }
    const entryId = await this.#save(entry, await this.#identity(tabId, tab));
    await this.memory.grant(tabId, newGrant(tab, entryId, form));
    await this.#lookAgain(tabId, tab);
    return entryId;
  }

  /**
   * A gesture that shows what the tab looks like: scans it for its form. Says whether there was one.
   */
  async scanTab(tabId: number): Promise<boolean> {
    const { core, ports, session } = this.#services;
    const enrolment = await this.inTab(tabId);
    const tab = await this.memory.read(tabId);
    if (enrolment === undefined || tab === undefined || (await session.peek()) === undefined) {
      return false;
    }
    const texts = await ports.readTab().catch(() => []);
    const identity = await this.#identity(tabId, tab);
    const found = await scan(
      core,
      async () => texts,
      { pictures: [NO_PICTURE] },
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
    await ports.session.remove([SCAN_INTENT]);
    return typeof at === "number" && ports.now() - at < INTENT_MS;
  }

  /** Lets every page that shows something of an enrolment ask anew. */
  async refreshAll(): Promise<void> {
    for (const { tabId, tab } of await this.memory.active()) {
      // A page that has gone has nothing to ask.
      await this.#lookAgain(tabId, tab).catch(() => undefined);
    }
  }

  async #lookAgain(tabId: number, { documentId }: EnrolmentTab): Promise<void> {
    const { ports } = this.#services;
    const page = connect<EnrolmentTabProtocol>("enrolmentTab", (envelope) =>
      ports.tabs.send(tabId, documentId, envelope),
    );
    await page.lookAgain({});
  }

  /**
   * From when on there are codes to fill, as corrected Unix milliseconds: now, unless too little time
   * is left, or AWS has had one of them. A pair that was not submitted is no reason to wait.
   */
  async #startOf(
    grant: Grant,
    timeStep: number,
    periodSeconds: number,
    now: number,
  ): Promise<number> {
    const startOf = (step: number) => step * periodSeconds * 1000;
    const first = grant.form === "single" ? timeStep : timeStep - 1;
    const steps =
      grant.fills === 0 ? await this.#services.guard.stepsToFresh(grant.entryId, first) : 0;
    const ending = startOf(timeStep + 1) - now < FRESH_MS || grant.lastStep === timeStep;
    return steps === 0 && !ending ? now : startOf(timeStep + Math.max(steps, 1));
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
    const entries = await this.#matches(await this.#identity(tabId, tab));
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
    if (grant.form === "resync") {
      await this.memory.grant(tabId, undefined);
      return null;
    }
    const entry = await session.look((vault) => vault.entry(grant.entryId));
    const serialNumber = serialNumberOf(entry, tab.facts.serialNumbers);
    if (serialNumber !== undefined || tab.facts.success) {
      return this.#end(tabId, grant.entryId, "done", serialNumber);
    }
    // Without a code AWS cannot have added it: the entry waits for another scan.
    const isOver = grant.lastStep === undefined || !entry.pending;
    await this.memory.grant(tabId, isOver ? undefined : { ...grant, closed: true });
    return isOver ? null : this.#views.ask();
  }

  async #end(
    tabId: number,
    entryId: string,
    how: "done" | "discard",
    serialNumber?: string,
  ): Promise<OfferView> {
    const { session } = this.#services;
    // First the gesture ends: each change of the vault lets the page ask anew.
    await this.memory.grant(tabId, undefined);
    const only = await session.change(
      (vault, random, now) =>
        how === "done"
          ? vault.edit(entryId, learntFrom(serialNumber), random, now)
          : vault.delete(entryId, random, now),
      (vault) => deviceOverview(vault.entry(entryId), vault.entries())?.count === 1,
    );
    return how === "done" ? this.#views.done(only) : this.#views.discarded();
  }

  async #scan(tabId: number, tab: EnrolmentTab, request: Pressed): Promise<EnrolmentStep> {
    const { core, ports } = this.#services;
    const { form } = tab.facts;
    if (form !== "pair" && form !== "single") throw new RequestError({ kind: "noPrompt" });
    const identity = await this.#identity(tabId, tab);
    const refuse = (problem: ScanProblem) => ({ offer: this.#views.problem(problem, form) });
    const found = await scan(core, ports.readQrCodes, request, namesFor(identity));
    if ("problem" in found) return refuse(found.problem);
    try {
      const entryId = await this.#save(found.entry, identity);
      return await this.#begin(tabId, tab, entryId, form);
    } catch (thrown) {
      const { kind } = failureOf(thrown);
      if (kind === "locked") return { offer: this.#views.locked() };
      return refuse(
        kind === "notSaved" || kind === "vaultFull" ? "enrolNotSaved" : "enrolUnusable",
      );
    }
  }

  /** The entry of a secret: a new one, or the one that has it already. On disk when this returns. */
  async #save(entry: NewEntry, identity: EnrolmentIdentity): Promise<string> {
    const { session } = this.#services;
    const preview = await session.use((vault) => vault.preview(entry));
    if (preview.type !== "totp") throw new RequestError({ kind: "notTimeBased" });
    const known = preview.duplicateOf;
    if (known === undefined) {
      return session.change(
        (vault, random, now) => vault.enrol(entry, learnt(identity, preview), random, now),
        (vault, save) => vault.entry(save.entryId ?? "").entryId,
      );
    }
    const { deletedAt } = await session.use((vault) => vault.entry(known));
    if (deletedAt !== undefined) {
      await session.change(
        (vault, random, now) => vault.restore(known, random, now),
        () => undefined,
      );
    }
    return known;
  }

  async #resync(tabId: number, tab: EnrolmentTab, entryId: string): Promise<EnrolmentStep> {
    if (tab.facts.form !== "resync") throw new RequestError({ kind: "noPrompt" });
    // Only what this very page was offered: it cannot ask for the codes of another account.
    const entries = await this.#matches(await this.#identity(tabId, tab));
    if (!entries.some((entry) => entry.entryId === entryId)) {
      throw new RequestError({ kind: "notOffered" });
    }
    return this.#begin(tabId, tab, entryId, "resync");
  }

  async #begin(
    tabId: number,
    tab: EnrolmentTab,
    entryId: string,
    form: Grant["form"],
  ): Promise<EnrolmentStep> {
    await this.memory.grant(tabId, newGrant(tab, entryId, form));
    return this.codes(tabId, tab.documentId);
  }

  /** The devices that a page may ask to resynchronise. */
  #matches({ page, account, user, rootUser }: EnrolmentIdentity): Promise<EntryView[]> {
    return this.#services.session.look((vault) => {
      const { entryIds } = vault.matchEntries({
        partition: page.partition,
        identityCenter: page.kind === "identityCenter",
        ...(account !== undefined && { account }),
        ...(user !== undefined && { user }),
        ...(page.directory !== undefined && { directory: page.directory }),
        ...(rootUser !== undefined && { rootUser }),
      });
      // AWS does not know the devices whose enrolment is not finished.
      return entryIds.map((entryId) => vault.entry(entryId)).filter(({ pending }) => !pending);
    });
  }

  async #identity(tabId: number, tab: EnrolmentTab): Promise<EnrolmentIdentity> {
    return identityOf(tab, await this.#services.tabs.read(tabId));
  }
}

function newGrant(
  { documentId, facts }: EnrolmentTab,
  entryId: string,
  form: Grant["form"],
): Grant {
  const start = { state: "waiting", fills: 0, failures: 0, closed: false } as const;
  return { entryId, form, documentId, refusals: facts.refusals, ...start };
}

/** How an entry is called whose QR code was not there, only its key. */
function namesFor({ page, account, user }: EnrolmentIdentity) {
  const issuer = page.kind === "identityCenter" ? "AWS SSO" : "Amazon Web Services";
  const accountName = [user, page.kind === "identityCenter" ? undefined : account]
    .filter((part) => part !== undefined)
    .join("@");
  return { issuer, accountName: accountName || page.host } as const;
}
