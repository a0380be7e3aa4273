import { describe, expect, test } from "vitest";
import { deviceOverview } from "./device-overview";
import type { EntryView } from "./entry-view";

let made = 0;
const device = (facts: Partial<EntryView>): EntryView => {
  made += 1;
  return {
    entryId: String(made),
    type: "totp",
    issuer: "Amazon Web Services",
    accountName: "",
    algorithm: "SHA1",
    digits: 6,
    periodSeconds: 30,
    pinned: false,
    pending: false,
    createdAt: 0,
    ...facts,
  };
};
const carol = { accountId: "111122223333", accountAlias: "example-corp", userName: "carol" };

describe("the devices of a user", () => {
  test("are counted by account and user, whatever they are called", () => {
    const phone = device({ ...carol, deviceName: "phone" });
    const all = [
      phone,
      device({ ...carol, deviceName: "laptop" }),
      device({ ...carol, userName: "bob" }),
      device({ ...carol, accountId: "444455556666" }),
    ];
    expect(deviceOverview(phone, all)).toMatchObject({ devices: [{}, {}], limit: 8 });
  });

  test("are those of an alias too, where one of them knows no id", () => {
    const first = device({ accountAlias: "example-corp", userName: "carol" });
    expect(deviceOverview(first, [first, device(carol)])?.devices.length).toBe(2);
  });

  test("of a device whose user is not known are those of the user with its name", () => {
    const old = device({ accountId: "111122223333", deviceName: "carol" });
    expect(deviceOverview(old, [old, device(carol)])?.devices.length).toBe(2);
  });

  test("do not count while AWS has not confirmed them, nor once deleted", () => {
    const phone = device(carol);
    const others = [device({ ...carol, pending: true }), device({ ...carol, deletedAt: 1 })];
    expect(deviceOverview(phone, [phone, ...others])?.devices.length).toBe(1);
  });

  test("of the root user are those of the account's root user", () => {
    const root = { accountId: "111122223333", identityKind: "root" as const };
    const key = device({ ...root, deviceName: "safe" });
    const all = [key, device({ ...root, deviceName: "desk" }), device(carol)];
    expect(deviceOverview(key, all)?.devices.length).toBe(2);
  });

  test("in IAM Identity Center are at most two", () => {
    const person = { identityKind: "identityCenterUser" as const, userName: "carol" };
    const app = device({ ...person, directoryId: "d-1234567890" });
    const all = [app, device(person), device({ ...person, directoryId: "d-0987654321" })];
    expect(deviceOverview(app, all)).toMatchObject({ devices: [{}, {}], limit: 2 });
  });

  test("are not known without a user or without an account", () => {
    expect(deviceOverview(device({ accountId: "111122223333" }), [])).toBeUndefined();
    expect(deviceOverview(device({ userName: "carol" }), [])).toBeUndefined();
  });
});
