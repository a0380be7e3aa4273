import { expect, test } from "vitest";
import { stsCommand, stsCommandLine } from "./sts-command";

const known = {
  partition: "aws-us-gov",
  accountId: "123456789012",
  deviceName: "alice",
  mfaSerialNumber: "arn:aws-us-gov:iam::123456789012:mfa/alice",
};

function line(entry: Parameters<typeof stsCommand>[0]): string | undefined {
  const command = stsCommand(entry);
  return "serialNumber" in command ? stsCommandLine(command, "012345") : undefined;
}

test("the command has the partition's ARN, the code with its zeros, and the default duration", () => {
  expect(line(known)).toBe(
    'aws sts get-session-token --serial-number "arn:aws-us-gov:iam::123456789012:mfa/alice" --token-code 012345 --duration-seconds 43200',
  );
});

test("the root user gets an hour at most", () => {
  expect(line({ ...known, identityKind: "root" })).toContain("--duration-seconds 3600");
});

test("what is missing is named", () => {
  const { mfaSerialNumber: _arn, ...unknown } = known;
  expect(stsCommand({ ...unknown, deviceName: "" })).toEqual({ missing: ["deviceName"] });
  expect(stsCommand({})).toEqual({ missing: ["accountId", "partition", "deviceName"] });
});

test("users of IAM Identity Center have no such command", () => {
  const entry = { ...known, identityKind: "identityCenterUser" } as const;
  expect(stsCommand(entry)).toEqual({ missing: "identityCenter" });
});

test.each([
  'x"; rm -rf ~; "',
  "arn:aws:iam::1:mfa/$(id)",
  "arn:aws:iam::1:mfa/`id`",
  "a b c d e f",
])("no serial number that a shell could read otherwise: %s", (mfaSerialNumber) => {
  expect(stsCommand({ ...known, mfaSerialNumber })).toEqual({ missing: [] });
});
