/**
 * Whose page of the console this is: the menu of the account, the address of another user's page, and
 * the ARN on the credentials page. What the page does not tell stays open.
 */

import type { EnrolmentFacts } from "../../protocol";
import { textsWith } from "./texts";

export type Identity = Pick<EnrolmentFacts, "account" | "user" | "rootUser">;

/** Seen in the console until 2026: WTFender/aws-sso-extender `src/entry/aws-console.ts`. */
const ACCOUNT_MENU = '[data-testid="account-detail-menu"], #nav-usernameMenu';

const USER_ARN = /^arn:aws[a-z-]*:iam::(\d{12}):(?:(root)|user\/(?:.*\/)?([\w+=,.@-]+))$/;

/** What the page tells now, on top of what it told before. */
export function readConsoleIdentity(known: Identity): Identity {
  return { ...known, ...menuIdentity(), ...pageIdentity(), ...otherUser(known) };
}

/** `alice @ example-corp`, or `alice @ 1111-2222-3333`. */
function menuIdentity(): Identity {
  const text = document.querySelector(ACCOUNT_MENU)?.textContent?.trim() ?? "";
  const parts = /^(.+?)\s+@\s+([a-z0-9-]+)$/.exec(text);
  const [, user = "", name = ""] = parts ?? [];
  if (parts === null) return {};
  const account = /^(\d{4}-){2}\d{4}$/.test(name) ? name.replaceAll("-", "") : name;
  if (/^root user$/i.test(user)) return { account, rootUser: true };
  // What is no user name is a role, which has no MFA device, or the name of an account.
  return /^[\w+=,.@-]+$/.test(user) ? { account, user } : { account };
}

/** The credentials page prints the ARN of the user whose page it is. */
function pageIdentity(): Identity {
  if (!/security_credentials|\/users\//.test(location.hash)) return {};
  for (const text of textsWith(document.querySelector("main"), ":iam::")) {
    const [arn, account = "", root, user] = USER_ARN.exec(text.trim()) ?? [];
    if (arn !== undefined && root !== undefined) return { account, rootUser: true };
    if (arn !== undefined && user !== undefined) return { account, rootUser: false, user };
  }
  return {};
}

/**
 * `#/users/details/carol`: from there on it is about carol, through the wizard, whose own address
 * names nobody, and until one's own credentials are opened.
 */
function otherUser(known: Identity): Identity {
  const user = /^#\/users\/details\/([^/?]+)/.exec(location.hash)?.[1];
  if (user !== undefined) return { user: decodeURIComponent(user), rootUser: false };
  const inWizard = /\/mfa\b/.test(location.hash);
  return inWizard && known.user !== undefined ? { user: known.user } : {};
}
