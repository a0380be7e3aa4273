import { beforeEach, describe, expect, it } from "vitest";
import { makeAccounts } from "./accounts.mjs";
import { EnrolmentService } from "./enrolment.mjs";
import { MfaDevice } from "./judge.mjs";
import { SignInService } from "./sign-in.mjs";

const NOW = 1_800_000_015;
const carol = { scope: "example-corp", userName: "carol" };

/** @type {EnrolmentService} */
let enrolment;
/** @type {SignInService} */
let signIn;
beforeEach(() => {
  const world = { ...makeAccounts(), unixSeconds: () => NOW };
  enrolment = new EnrolmentService(world);
  signIn = new SignInService(world);
});

/** @param {{ who?: typeof carol, deviceName?: string }} [request] */
function create({ who = carol, deviceName = "carol-phone" } = {}) {
  const reply = enrolment.create({ who, deviceName });
  if (!reply.ok) {
    throw new Error(reply.code);
  }
  const device = new MfaDevice({ serialNumber: "", secret: reply.base32StringSeed });
  return { ...reply, codeAt: (/** @type {number} */ seconds) => device.codeAt(seconds) };
}

describe("a new device of an IAM user", () => {
  it("has an ARN, a seed of 64 base32 characters and a key URI with the alias", () => {
    const { serialNumber, base32StringSeed, uri } = create();
    expect(serialNumber).toBe("arn:aws:iam::111122223333:mfa/carol-phone");
    expect(base32StringSeed).toMatch(/^[A-Z2-7]{64}$/);
    expect(uri).toBe(
      `otpauth://totp/Amazon%20Web%20Services:carol-phone@example-corp?secret=${base32StringSeed}&issuer=Amazon%20Web%20Services`,
    );
  });

  it("is assigned by two consecutive codes, after which sign-in asks for a later one", () => {
    const { serialNumber, codeAt } = create();
    const codes = [codeAt(NOW - 30), codeAt(NOW)];
    expect(enrolment.assign({ who: carol, serialNumber, codes })).toEqual({ ok: true });

    const reply = signIn.password(
      { kind: "iam", account: "example-corp", userName: "carol", password: "made-up-password" },
      "aws",
    );
    if (reply.next !== "mfa") {
      throw new Error(reply.next);
    }
    expect(signIn.code({ ticket: reply.ticket, code: codeAt(NOW) })).toMatchObject({
      reason: "replayed",
    });
    expect(signIn.code({ ticket: reply.ticket, code: codeAt(NOW + 30) }).next).toBe("done");
  });

  it("is not assigned by one code twice", () => {
    const { serialNumber, codeAt } = create();
    const codes = [codeAt(NOW), codeAt(NOW)];
    expect(enrolment.assign({ who: carol, serialNumber, codes })).toMatchObject({
      code: "InvalidAuthenticationCode",
    });
  });

  it("stays behind under its name when the user cancels", () => {
    create();
    expect(enrolment.create({ who: carol, deviceName: "carol-phone" })).toMatchObject({
      code: "EntityAlreadyExists",
    });
  });

  it("is refused beyond eight", () => {
    for (let number = 1; number <= 8; number += 1) {
      const { serialNumber, codeAt } = create({ deviceName: `phone-${number}` });
      enrolment.assign({ who: carol, serialNumber, codes: [codeAt(NOW - 30), codeAt(NOW)] });
    }
    expect(enrolment.create({ who: carol, deviceName: "phone-9" })).toMatchObject({
      code: "LimitExceeded",
    });
  });
});

describe("a new device of an Identity Center user", () => {
  it("has a seed of 32 base32 characters and is registered by one code", () => {
    const who = { scope: "d-9067642ac7", userName: "new@example.com" };
    const { serialNumber, base32StringSeed, uri, codeAt } = create({ who });
    expect(base32StringSeed).toMatch(/^[A-Z2-7]{32}$/);
    expect(uri).toBe(
      `otpauth://totp/AWS%20SSO:new%40example.com?secret=${base32StringSeed}&issuer=AWS%20SSO`,
    );
    expect(enrolment.assign({ who, serialNumber, codes: [codeAt(NOW)] })).toEqual({ ok: true });
  });
});

describe("resynchronising", () => {
  it("accepts two consecutive codes of a clock that is far off", () => {
    const who = { scope: "example-corp", userName: "alice" };
    const [serialNumber = ""] = enrolment.devices(who);
    const device = makeAccounts().accounts[0]?.users[0]?.devices[0];
    const codes = [NOW + 300, NOW + 330].map((seconds) => device?.codeAt(seconds) ?? "");
    expect(enrolment.resync({ who, serialNumber, codes })).toEqual({ ok: true });
    expect(enrolment.resync({ who, serialNumber, codes: ["000000", "000001"] })).toMatchObject({
      ok: false,
    });
  });
});
