/** Made-up entries of every kind. */

import type { EntryView } from "../../entry-view";

const DEFAULTS: Omit<EntryView, "entryId"> = {
  type: "totp",
  issuer: "Amazon Web Services",
  accountName: "alice@123456789012",
  algorithm: "SHA1",
  digits: 6,
  periodSeconds: 30,
  pinned: false,
  pending: false,
  createdAt: 1_790_000_000,
};

export function entry(entryId: string, fields: Partial<EntryView> = {}): EntryView {
  return { ...DEFAULTS, entryId, ...fields };
}

export const production = entry("production", {
  accountAlias: "example-production",
  accountId: "123456789012",
  userName: "alice",
  identityKind: "iamUser",
  partition: "aws",
  deviceName: "alice-phone",
  mfaSerialNumber: "arn:aws:iam::123456789012:mfa/alice-phone",
});

export const staging = entry("staging", {
  accountId: "210987654321",
  userName: "alice",
  identityKind: "iamUser",
});

export const root = entry("root", {
  accountName: "root-account-mfa-device@123456789012",
  accountAlias: "example-production",
  accountId: "123456789012",
  identityKind: "root",
});

export const identityCenter = entry("identity-center", {
  issuer: "AWS SSO",
  accountName: "alice@example.com",
  userName: "alice@example.com",
  identityKind: "identityCenterUser",
});

export const govCloud = entry("gov-cloud", {
  accountId: "345678901234",
  userName: "alice",
  identityKind: "iamUser",
  partition: "aws-us-gov",
});

export const elsewhere = entry("elsewhere", {
  issuer: "Example Mail",
  accountName: "alice@example.com",
  digits: 8,
  periodSeconds: 60,
});

export const counterBased = entry("counter", {
  type: "hotp",
  issuer: "Example Bank",
  accountName: "alice",
  periodSeconds: 0,
});

export const longNames = entry("long", {
  accountAlias: "a-very-long-account-alias-that-fills-all-sixty-three-characters",
  userName: "someone.with.a.remarkably.long.user.name@subsidiary.example.com",
  identityKind: "iamUser",
  partition: "aws-eusc",
  pinned: true,
});

export const everyKind = [
  production,
  staging,
  root,
  identityCenter,
  govCloud,
  elsewhere,
  counterBased,
];

/** Accounts with more than one entry, some with a colour. */
export const accounts = [
  { ...production, colour: 1 },
  root,
  { ...production, entryId: "bob", userName: "bob", deviceName: "bob-laptop" },
  { ...staging, accountAlias: "example-staging", colour: 2 },
  { ...staging, entryId: "staging-2", userName: "carol", identityKind: "iamUser" as const },
  { ...govCloud, colour: 6 },
  identityCenter,
  entry("mail", { issuer: "Example Mail", accountName: "alice@example.com", digits: 8 }),
  entry("forge", { issuer: "Example Forge", accountName: "alice" }),
];

export function manyEntries(count: number): EntryView[] {
  return Array.from({ length: count }, (_, index) =>
    entry(`entry-${index}`, {
      accountAlias: `team-${String(index + 1).padStart(2, "0")}`,
      userName: "alice",
      identityKind: index % 7 === 3 ? "root" : "iamUser",
    }),
  );
}
