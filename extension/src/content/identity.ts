/** Reads who is signing in from the fields of the steps before the code. Never a password. */

import type { PageFacts } from "../protocol";
import { inputIn } from "./fillable";
import { pageRules } from "./pages";

/** The longest account or user name that AWS knows has 128 characters. */
const MAX_LENGTH = 128;

/** What the identity fields on the page hold now, on top of what is known already. */
export function readIdentity(known: PageFacts): PageFacts {
  const identity = { ...known };
  for (const { identity: fields } of pageRules) {
    const account = textIn(fields.account);
    if (account) identity.account = account;
    const user = textIn(fields.user);
    if (user) Object.assign(identity, { user, rootUser: false });
    if (fields.rootUser && document.querySelector(fields.rootUser)) {
      identity.rootUser = true;
      delete identity.user;
    }
  }
  return identity;
}

function textIn(selector: string | undefined): string | undefined {
  const found = selector && document.querySelector(selector);
  const field = found ? inputIn(found) : undefined;
  return field?.type === "password" ? undefined : field?.value.trim().slice(0, MAX_LENGTH);
}
