/** Which entries are devices of one user, and how many AWS allows. */

import type { EntryView } from "./entry-view";

/** Eight for an IAM user or the root user; two authenticator apps in IAM Identity Center (guides). */
const MOST_DEVICES = { iam: 8, identityCenter: 2 };

type Device = Pick<
  EntryView,
  | "entryId"
  | "accountId"
  | "accountAlias"
  | "userName"
  | "deviceName"
  | "directoryId"
  | "identityKind"
  | "pending"
  | "deletedAt"
>;

export type DeviceOverview<Entry> = {
  /** The devices of the user that AWS has, as far as Doorcode knows. */
  devices: Entry[];
  /** How many AWS allows. */
  limit: number;
};

/** The devices of an entry's user; `undefined` where it is not known whose the entry is. */
export function deviceOverview<Entry extends Device>(
  entry: Entry,
  entries: readonly Entry[],
): DeviceOverview<Entry> | undefined {
  if (whoOf(entry) === undefined || !hasPlace(entry)) return undefined;
  const devices = entries.filter(
    (other) => !other.pending && !other.deletedAt && isSameUser(entry, other),
  );
  const inCenter = entry.identityKind === "identityCenterUser";
  return {
    devices,
    limit: inCenter ? MOST_DEVICES.identityCenter : MOST_DEVICES.iam,
  };
}

/** The user's name; the console long gave a device the name of its user. */
function whoOf({ identityKind, userName, deviceName }: Device): string | undefined {
  return identityKind === "root" ? "root user" : (userName ?? deviceName);
}

function hasPlace({ identityKind, accountId, accountAlias }: Device): boolean {
  return identityKind === "identityCenterUser" || Boolean(accountId || accountAlias);
}

function isSameUser(one: Device, other: Device): boolean {
  if (whoOf(one) !== whoOf(other)) return false;
  const kind = "identityCenterUser";
  if ((one.identityKind === kind) !== (other.identityKind === kind)) return false;
  if (one.identityKind === kind) return agree(one.directoryId, other.directoryId) !== false;
  // The id decides where both know it: an alias can be given up and taken by another account.
  return (
    agree(one.accountId, other.accountId) ?? agree(one.accountAlias, other.accountAlias) ?? false
  );
}

function agree(one: string | undefined, other: string | undefined): boolean | undefined {
  return one === undefined || other === undefined ? undefined : one === other;
}
