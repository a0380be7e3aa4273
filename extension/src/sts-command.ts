/** The command by which the AWS CLI gets a session with an MFA code. */

import type { EntryView } from "./entry-view";

export type StsCommand =
  | { serialNumber: string; durationSeconds: number }
  /** The fields that would have to be known. */
  | { missing: ("partition" | "accountId" | "deviceName")[] }
  /** Users of IAM Identity Center have no MFA device of IAM. */
  | { missing: "identityCenter" };

type Whose = Pick<
  EntryView,
  "partition" | "accountId" | "deviceName" | "identityKind" | "mfaSerialNumber"
>;

/** The default of `GetSessionToken` for an IAM user (AWS STS API reference). */
const USER_SECONDS = 43_200;
/** The most that the root user is given. */
const ROOT_SECONDS = 3600;

/** A serial number as IAM allows it. No shell reads anything into these characters in quotes. */
const SERIAL_NUMBER = /^[\w+=/:,.@-]{9,256}$/;

export function stsCommand(entry: Whose): StsCommand {
  if (entry.identityKind === "identityCenterUser") return { missing: "identityCenter" };
  const { mfaSerialNumber } = entry;
  if (mfaSerialNumber === undefined || !SERIAL_NUMBER.test(mfaSerialNumber)) {
    const fields = ["accountId", "partition", "deviceName"] as const;
    return { missing: fields.filter((name) => !entry[name]) };
  }
  const durationSeconds = entry.identityKind === "root" ? ROOT_SECONDS : USER_SECONDS;
  return { serialNumber: mfaSerialNumber, durationSeconds };
}

/** Double quotes, which sh, PowerShell and cmd.exe take alike. */
export function stsCommandLine(
  { serialNumber, durationSeconds }: Extract<StsCommand, { serialNumber: string }>,
  code: string,
): string {
  return `aws sts get-session-token --serial-number "${serialNumber}" --token-code ${code} --duration-seconds ${durationSeconds}`;
}
