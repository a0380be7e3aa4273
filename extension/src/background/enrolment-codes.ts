/**
 * The codes for the boxes of an enrolment: which, when, and for how long. Two consecutive ones, of the
 * step before and of this one: AWS takes them at once (hashicorp/terraform-provider-aws, `user_test.go`).
 */

import { RequestError } from "../messaging";
import type { EnrolmentStep } from "../protocol";
import type { Clock } from "./clock";
import type { EnrolmentMemory, Grant } from "./enrolment-memory";
import type { EnrolmentViews } from "./enrolment-views";
import type { EnrolmentSender } from "./gate";
import type { ReplayGuard } from "./replay-guard";
import type { VaultSession } from "./vault-session";

/** With less time than this left, AWS might get the codes too late. Milliseconds. */
const FRESH_MS = 3000;
/** How often codes are filled for one gesture, when steps pass and nothing is submitted. */
const MAX_FILLS = 4;
/** So many milliseconds after a step has begun, everybody is in it. */
export const STEP_MARGIN_MS = 50;

type CodesServices = {
  session: VaultSession;
  clock: Clock;
  guard: ReplayGuard;
  memory: EnrolmentMemory;
  views: EnrolmentViews;
};

export class EnrolmentCodes {
  readonly #services: CodesServices;

  constructor(services: CodesServices) {
    this.#services = services;
  }

  /** The codes for the boxes that a gesture was made for, or when to ask for them again. */
  async next(tabId: number, documentId: string | undefined): Promise<EnrolmentStep> {
    const { clock, memory, session, views } = this.#services;
    const grant = (await memory.read(tabId))?.grant;
    const holds = grant?.state === "waiting" || grant?.state === "filled";
    if (grant === undefined || !holds || grant.closed || grant.documentId !== documentId) {
      throw new RequestError({ kind: "noPrompt" });
    }
    if (grant.fills >= MAX_FILLS) {
      await memory.grant(tabId, { ...grant, state: "expired" });
      return { offer: views.expired() };
    }
    if ((await session.peek()) === undefined) return { offer: views.locked() };
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
      await memory.grant(tabId, { ...grant, until: start });
      const waits = grant.fills === 0;
      const offer = waits ? views.waiting((start - now) / 1000) : views.filled(grant.form);
      return { offer, askAgainSeconds: wait(start) };
    }
    const until = (timeStep + 1) * periodSeconds * 1000;
    const fills = grant.fills + 1;
    await memory.grant(tabId, { ...grant, state: "filled", fills, lastStep: timeStep, until });
    return {
      offer: views.filled(grant.form),
      codes: grant.form === "single" ? pair.slice(1) : pair,
      askAgainSeconds: wait(until),
    };
  }

  /** The page has written the codes that it got, or did not keep them. */
  async written(sender: EnrolmentSender, kept: boolean): Promise<EnrolmentStep> {
    const { guard, memory, views } = this.#services;
    const grant = (await memory.read(sender.tabId))?.grant;
    if (grant?.lastStep === undefined || grant.documentId !== sender.documentId) {
      throw new RequestError({ kind: "noPrompt" });
    }
    if (!kept) {
      await memory.grant(sender.tabId, { ...grant, state: "notKept" });
      return { offer: views.notKept() };
    }
    await guard.record(grant.entryId, grant.lastStep);
    return { offer: views.filled(grant.form) };
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
}
