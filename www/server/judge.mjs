/**
 * Judges MFA codes as AWS is known to do, with an implementation of RFC 6238 that is independent of Doorcode's.
 *
 * Sources: the code is six digits, SHA-1, 30 s (IAM API reference); a code is accepted once (aws-cli issue 2279,
 * glassechidna/awsweb issues 5 and 23); enrolment takes the previous and the current code computed at the same moment
 * (hashicorp/terraform-provider-aws internal/service/iam/user_test.go) and refuses one number twice.
 * AWS publishes neither the tolerance of the sign-in nor the number of failures before it suggests to resynchronise:
 * the constants below are plausible choices.
 */
import { Secret, TOTP } from "otpauth";

/** Seconds of one time step, X of RFC 6238. */
export const STEP_SECONDS = 30;
/** Steps accepted on either side of the current one. */
const WINDOW_STEPS = 1;
/** How far apart the clocks may be when a device is resynchronised, in steps on either side. */
const RESYNC_WINDOW_STEPS = 20;
/** Consecutive failures after which the page suggests to resynchronise. */
const FAILURES_BEFORE_RESYNC = 3;

/**
 * Why codes were refused. `malformed`: not six digits; `sameCode`: one number twice where two consecutive are asked;
 * `replayed`: right, but this step was accepted before; `wrong`: anything else.
 * @typedef {'malformed' | 'sameCode' | 'replayed' | 'wrong'} Refusal
 * @typedef {{ accepted: true, steps: number[] } | { accepted: false, reason: Refusal, suggestResync: boolean }} Verdict
 */

/** The server's side of one virtual MFA device. */
export class MfaDevice {
  /** @type {TOTP} */
  #totp;
  /** Steps whose code was accepted: RFC 6238 section 5.2, one-time use. @type {Set<number>} */
  #spentSteps = new Set();
  /** Offset of the device's clock, learnt by resynchronising, in steps. */
  #driftSteps = 0;
  #failures = 0;

  /**
   * @param {object} device
   * @param {string} device.serialNumber an ARN
   * @param {string} device.secret base32, without padding
   */
  constructor({ serialNumber, secret }) {
    this.serialNumber = serialNumber;
    this.secret = secret;
    this.#totp = new TOTP({
      secret: Secret.fromBase32(secret),
      algorithm: "SHA1",
      digits: 6,
      period: STEP_SECONDS,
    });
  }

  /**
   * The code of the step that holds `unixSeconds`; for tests and for words to a newcomer.
   * @param {number} unixSeconds
   */
  codeAt(unixSeconds) {
    return this.#codeOfStep(stepAt(unixSeconds));
  }

  /** Forgets which codes were accepted, so that tests need not wait for the next step. */
  forgetSpentCodes() {
    this.#spentSteps.clear();
    this.#failures = 0;
  }

  /**
   * One code at sign-in.
   * @param {string} code
   * @param {number} unixSeconds the server's time
   * @returns {Verdict}
   */
  judgeSignIn(code, unixSeconds) {
    if (!isCode(code)) {
      return this.#refuse("malformed");
    }
    const step = this.#stepsAround(unixSeconds, WINDOW_STEPS).find(
      (candidate) => this.#codeOfStep(candidate) === code,
    );
    if (step === undefined) {
      return this.#refuse("wrong");
    }
    return this.#spentSteps.has(step) ? this.#refuse("replayed") : this.#accept([step]);
  }

  /**
   * Two consecutive codes when the device is assigned: the second within the window of the sign-in.
   * @param {string} code1
   * @param {string} code2
   * @param {number} unixSeconds
   * @returns {Verdict}
   */
  judgeEnrolment(code1, code2, unixSeconds) {
    return this.#judgePair(code1, code2, unixSeconds, WINDOW_STEPS);
  }

  /**
   * Two consecutive codes from a device whose clock may be far off; the offset is kept.
   * @param {string} code1
   * @param {string} code2
   * @param {number} unixSeconds
   * @returns {Verdict}
   */
  judgeResync(code1, code2, unixSeconds) {
    const verdict = this.#judgePair(code1, code2, unixSeconds, RESYNC_WINDOW_STEPS);
    if (verdict.accepted) {
      this.#driftSteps = Number(verdict.steps[1]) - stepAt(unixSeconds);
    }
    return verdict;
  }

  /**
   * One code when the device is registered with IAM Identity Center or Builder ID.
   * @param {string} code
   * @param {number} unixSeconds
   */
  judgeRegistration(code, unixSeconds) {
    return this.judgeSignIn(code, unixSeconds);
  }

  /**
   * @param {string} code1
   * @param {string} code2
   * @param {number} unixSeconds
   * @param {number} windowSteps
   * @returns {Verdict}
   */
  #judgePair(code1, code2, unixSeconds, windowSteps) {
    if (!isCode(code1) || !isCode(code2)) {
      return this.#refuse("malformed");
    }
    if (code1 === code2) {
      return this.#refuse("sameCode");
    }
    const second = this.#stepsAround(unixSeconds, windowSteps).find(
      (step) => this.#codeOfStep(step) === code2 && this.#codeOfStep(step - 1) === code1,
    );
    if (second === undefined) {
      return this.#refuse("wrong");
    }
    const steps = [second - 1, second];
    return steps.some((step) => this.#spentSteps.has(step))
      ? this.#refuse("replayed")
      : this.#accept(steps);
  }

  /**
   * @param {number} unixSeconds
   * @param {number} windowSteps
   */
  #stepsAround(unixSeconds, windowSteps) {
    const first = stepAt(unixSeconds) + this.#driftSteps - windowSteps;
    return Array.from({ length: 2 * windowSteps + 1 }, (_, index) => first + index).filter(
      (step) => step >= 1,
    );
  }

  /** @param {number} step */
  #codeOfStep(step) {
    return this.#totp.generate({ timestamp: step * STEP_SECONDS * 1000 });
  }

  /**
   * @param {number[]} steps
   * @returns {Verdict}
   */
  #accept(steps) {
    for (const step of steps) {
      this.#spentSteps.add(step);
    }
    this.#failures = 0;
    return { accepted: true, steps };
  }

  /**
   * @param {Refusal} reason
   * @returns {Verdict}
   */
  #refuse(reason) {
    this.#failures += 1;
    return { accepted: false, reason, suggestResync: this.#failures >= FAILURES_BEFORE_RESYNC };
  }
}

/** @param {number} unixSeconds */
export function stepAt(unixSeconds) {
  return Math.floor(unixSeconds / STEP_SECONDS);
}

/** @param {string} text */
function isCode(text) {
  return /^[0-9]{6}$/.test(text);
}
