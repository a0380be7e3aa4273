/**
 * The AWS pages that Doorcode knows by their markup: one file for each, one line here.
 *
 * Every rule says where it was seen and when, and which simulated pages it must match; a test
 * walks them.
 */

import { iamSignIn } from "./pages/iam-sign-in";

export type PageRule = {
  id: string;
  /** What the page is, in AWS's words. */
  title: string;
  /** Where the markup was seen. */
  source: string;
  /** First and last time it is known to be true, `YYYY-MM`. */
  seen: { from: string; to: string };
  /** Simulated pages, by id, on which this rule and no other finds the field. */
  pages: readonly string[];
  /** The field for the code; a wrapper stands for the one input inside it. */
  codeField: string;
  /** Identity fields of the steps before, for the account and the user. */
  identity: { account?: string; user?: string; rootUser?: string };
};

export const pageRules: readonly PageRule[] = [iamSignIn];
