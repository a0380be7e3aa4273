/** How the background shows an entry to the pages of the extension. No secret is in any of it. */

export type IdentityKind = "root" | "iamUser" | "identityCenterUser";

export type EntryView = {
  entryId: string;
  type: "totp" | "hotp";
  issuer: string;
  /** The account name part of the label, as enrolled. */
  accountName: string;
  algorithm: "SHA1" | "SHA256" | "SHA512";
  digits: number;
  periodSeconds: number;
  /** What is known of AWS; absent where nothing is. */
  partition?: string;
  accountId?: string;
  accountAlias?: string;
  userName?: string;
  deviceName?: string;
  identityKind?: IdentityKind;
  note?: string;
  pinned: boolean;
  pending: boolean;
  deletedAt?: number;
  createdAt: number;
};

/** The fields that the user may change; an absent one stays as it is, an empty one is cleared. */
export type EntryEdit = {
  issuer?: string;
  accountName?: string;
  accountId?: string;
  accountAlias?: string;
  userName?: string;
  note?: string;
  pinned?: boolean;
};

/** A key URI or secret key understood, before it is saved. */
export type ImportedEntry = Omit<EntryView, "entryId" | "createdAt" | "pinned" | "pending"> & {
  /** The entry that already has this secret. */
  duplicateOf?: string;
};
