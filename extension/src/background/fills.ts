/**
 * Fills codes, by whatever gesture: the offer, the popup, the shortcut, the menu. Sees to it that AWS
 * accepts them: a code that is about to end or that was used is not filled; the fill waits for the
 * next one, and says so beside the field.
 */

import { connect } from "../messaging";
import type { FillResult, FillWait, TabProtocol } from "../protocol";
import type { Clock } from "./clock";
import type { Offers } from "./offers";
import type { Ports } from "./ports";
import type { RecentEntries } from "./recent-entries";
import type { ReplayGuard } from "./replay-guard";
import { readSettings } from "./settings";
import type { TabFacts, TabMemory } from "./tab-memory";
import type { VaultSession } from "./vault-session";

/** With less time than this left, AWS might get the code too late. Milliseconds. */
const FRESH_MS = 3000;
/** How often a fill that waits looks whether the page still asks. Milliseconds. */
const LOOK_MS = 250;

export type Fill = {
  entryId: string;
  startedAt: number;
  /** Set when it waits for the next code. */
  waits: FillWait | undefined;
  ended: Promise<FillResult>;
  over: boolean;
};

type FillServices = {
  ports: Ports;
  session: VaultSession;
  tabs: TabMemory;
  offers: Offers;
  clock: Clock;
  guard: ReplayGuard;
  recent: RecentEntries;
};

/** The first moment at which the code may be filled, as corrected Unix time. */
type Moment = { at: number; wait: FillWait | undefined };

export class Fills {
  readonly #services: FillServices;
  /** The last fill of each tab; one that is not the last any more gives up. */
  readonly #last = new Map<number, Fill>();

  constructor(services: FillServices) {
    this.#services = services;
  }

  /** Begins to fill the prompt of a tab. `anyway` fills a code that was used before. */
  async begin(tabId: number, entryId: string, anyway = false): Promise<Fill> {
    const { ports, tabs } = this.#services;
    const facts = await tabs.read(tabId);
    const asks = facts !== undefined && facts.prompt !== "none";
    const moment = asks ? await this.#momentFor(entryId, anyway) : undefined;
    const fill: Fill = {
      entryId,
      startedAt: ports.now(),
      waits: moment?.wait,
      ended: Promise.resolve({ outcome: "noField" }),
      over: false,
    };
    this.#last.set(tabId, fill);
    if (asks && moment !== undefined) {
      fill.ended = this.#run(tabId, facts, fill, moment.at);
    }
    const over = () => {
      fill.over = true;
    };
    // Whoever began it may not be there any more when it fails.
    fill.ended.then(over, over);
    return fill;
  }

  /** The fill that was begun last in a tab. */
  last(tabId: number): Fill | undefined {
    return this.#last.get(tabId);
  }

  async #momentFor(entryId: string, anyway: boolean): Promise<Moment> {
    const { clock, guard, session } = this.#services;
    const now = await clock.now();
    const code = await session.use((vault) => vault.code(entryId, Math.floor(now / 1000)));
    const { periodSeconds, timeStep } = code;
    const steps = anyway ? 0 : await guard.stepsToFresh(entryId, timeStep);
    const startOf = (step: number) => step * periodSeconds * 1000;
    const ending = startOf(timeStep + 1) - now < FRESH_MS;
    if (steps === 0 && !ending) return { at: now, wait: undefined };
    const at = startOf(timeStep + Math.max(steps, 1));
    return { at, wait: { seconds: Math.ceil((at - now) / 1000), used: steps > 0 } };
  }

  async #run(tabId: number, facts: TabFacts, fill: Fill, at: number): Promise<FillResult> {
    const { guard, offers, recent, session, clock } = this.#services;
    if (fill.waits !== undefined) {
      const ended = await offers.wait(tabId, facts, fill.entryId, fill.waits);
      const asks = await this.#waitUntil(at, tabId, facts, fill).finally(ended);
      const last = this.#last.get(tabId) ?? fill;
      // Another gesture took over: this fill ends as that one does.
      if (last !== fill) return last.ended;
      if (!asks) return { outcome: "noField" };
    }
    const now = await clock.unixSeconds();
    const { code, timeStep, remainingSeconds } = await session.use((vault) =>
      vault.code(fill.entryId, now),
    );
    const result = await this.#send(tabId, facts, code);
    const filled = result.outcome === "filled";
    if (filled) await guard.record(fill.entryId, timeStep);
    if (filled) await recent.add(fill.entryId);
    await offers.show(tabId, facts, offers.views.result(result));
    // Should the page still ask then, AWS did not take this code.
    if (filled) offers.offerAgain(tabId, remainingSeconds);
    return result;
  }

  /** Whether the page still asks when the time has come. Given up when another fill took over. */
  async #waitUntil(at: number, tabId: number, facts: TabFacts, fill: Fill): Promise<boolean> {
    const { clock, ports, tabs } = this.#services;
    for (let left = at - (await clock.now()); left > 0; left = at - (await clock.now())) {
      await ports.sleep(Math.min(left, LOOK_MS));
      const current = await tabs.read(tabId);
      const asks = current !== undefined && current.prompt === facts.prompt;
      if (!asks || current.documentId !== facts.documentId) return false;
      if (this.#last.get(tabId) !== fill) return false;
    }
    return true;
  }

  async #send(tabId: number, facts: TabFacts, code: string): Promise<FillResult> {
    const { ports } = this.#services;
    const { submitAfterFill } = await readSettings(ports.local);
    const tab = connect<TabProtocol>("tab", (envelope) =>
      ports.tabs.send(tabId, facts.documentId, envelope),
    );
    try {
      const submit = submitAfterFill && facts.prompt === "known";
      const { outcome } = await tab.fillCode({ code, submit });
      return { outcome: outcome === "filled" || outcome === "refused" ? outcome : "noField" };
    } catch {
      // The page was left or reloaded since it told what it shows.
      return { outcome: "noField" };
    }
  }
}
