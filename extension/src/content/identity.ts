/** Reads who is signing in from the fields of the steps before the code. Never a password. */

import type { PageFacts } from "../protocol";
import { pageRules } from "./pages";

export type Identity = Pick<PageFacts, "account" | "user" | "rootUser">;

/** The longest account or user name that AWS knows has 128 characters. */
const MAX_LENGTH = 128;

/** What the identity fields on the page hold now, on top of what is known already. */
export function readIdentity(document: Document, known: Identity): Identity {
  const identity: Identity = { ...known };
  for (const { identity: fields } of pageRules) {
    const account = textIn(document, fields.account);
    if (account !== undefined) identity.account = account;
    const user = textIn(document, fields.user);
    if (user !== undefined) {
      identity.user = user;
      identity.rootUser = false;
    }
    if (fields.rootUser !== undefined && document.querySelector(fields.rootUser) !== null) {
      identity.rootUser = true;
      delete identity.user;
    }
  }
  return identity;
}

export function sameIdentity(left: Identity, right: Identity): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function textIn(document: Document, selector = "none"): string | undefined {
  const field = document.querySelector(selector);
  if (!(field instanceof HTMLInputElement) || field.type === "password") return undefined;
  return field.value.trim().slice(0, MAX_LENGTH) || undefined;
}
