/**
 * The AWS pages that Doorcode knows by their markup: one file for each, one line here.
 *
 * Every rule says where it was seen and when, and on which simulated pages it must find the field;
 * a test walks them. Ids and test ids do not change with the language of the page.
 */

import { iamSignIn2014 } from "./pages/iam-sign-in-2014";
import { identityCenter } from "./pages/identity-center";
import { rootSignIn2017 } from "./pages/root-sign-in-2017";
import { signIn2024 } from "./pages/sign-in-2024";

export type PageRule = {
  /** The field for the code; a wrapper stands for the one input inside it. */
  codeField: string;
  /** The page's own button that submits the code. */
  submit: string;
  /** The step in which the user chooses among kinds of MFA device. */
  chooser?: string;
  /** Identity fields of the steps before: for the account, the user and the root user. */
  identity: { account?: string; user?: string; rootUser?: string };
};

/** What a rule rests on. Kept apart from it, so that the content script does not carry it. */
export type PageEvidence = {
  /** What the page is, in AWS's words. */
  title: string;
  /** Where the markup was seen. */
  source: string;
  /** First and last month in which it is known to be true, `YYYY-MM`. */
  seen: { from: string; to: string };
  /** Simulated pages, by id, on which this rule and no other finds the field. */
  pages: readonly string[];
};

/** The more particular first: two generations share the field `#mfaCode`. */
export const pageRules: readonly PageRule[] = [
  rootSignIn2017,
  signIn2024,
  iamSignIn2014,
  identityCenter,
];
