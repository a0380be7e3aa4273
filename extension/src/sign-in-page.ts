/** The page on which the user of an entry signs in. Never one of an account that is not known. */

import { isAccount } from "./aws-hosts";
import type { EntryView } from "./entry-view";

export type SignInPage =
  | { url: string }
  /** The fields that would have to be known. */
  | { missing: ("account" | "partition" | "directory")[] }
  /** Nobody has published the address. */
  | { missing: "address" };

type Whose = Pick<
  EntryView,
  "partition" | "accountId" | "accountAlias" | "directoryId" | "identityKind"
>;

/**
 * Where the name of an account stands before the sign-in host ("Sign-in URLs", IAM user guide; the guides of
 * GovCloud and China). The European partition publishes hosts of regions alone.
 */
const ACCOUNT_HOSTS: Readonly<Record<string, string>> = {
  aws: "signin.aws.amazon.com",
  "aws-us-gov": "signin.amazonaws-us-gov.com",
  "aws-cn": "signin.amazonaws.cn",
};

/** The access portal of a directory (allow-lists of the IAM Identity Center guides). */
const PORTALS: Readonly<Record<string, (directory: string) => string>> = {
  aws: (directory) => `https://${directory}.awsapps.com/start`,
  "aws-us-gov": (directory) => `https://start.us-gov-home.awsapps.com/directory/${directory}`,
  "aws-cn": (directory) => `https://start.home.awsapps.cn/directory/${directory}`,
};

const CONSOLES: Readonly<Record<string, string>> = {
  aws: "console.aws.amazon.com",
  "aws-us-gov": "console.amazonaws-us-gov.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-eusc": "console.amazonaws-eusc.eu",
};

export function signInPage(entry: Whose): SignInPage {
  const { directoryId, identityKind, partition } = entry;
  if (identityKind === "identityCenterUser") {
    const isKnown = directoryId !== undefined && /^d-[a-z0-9]{10}$/.test(directoryId);
    const missing = [
      ...(isKnown ? [] : (["directory"] as const)),
      ...(partition ? [] : (["partition"] as const)),
    ];
    if (missing.length > 0 || !isKnown || !partition) return { missing };
    const portal = PORTALS[partition];
    return portal === undefined ? { missing: "address" } : { url: portal(directoryId) };
  }
  // The alias is what people know the account by; either is checked, as it becomes a host name.
  const account = [entry.accountAlias, entry.accountId].find((name) => name && isAccount(name));
  const missing = [
    ...(account ? [] : (["account"] as const)),
    ...(partition ? [] : (["partition"] as const)),
  ];
  if (missing.length > 0 || !account || !partition) return { missing };
  const host = ACCOUNT_HOSTS[partition];
  return host === undefined
    ? { missing: "address" }
    : { url: `https://${account}.${host}/console` };
}

/** Where the one who is signed in adds MFA devices; `undefined` where that is not known. */
export function mfaDevicesPage({ identityKind, partition }: Whose): string | undefined {
  const host = identityKind === "identityCenterUser" ? undefined : CONSOLES[partition ?? ""];
  return host && `https://${host}/iam/home#/security_credentials/mfa`;
}
