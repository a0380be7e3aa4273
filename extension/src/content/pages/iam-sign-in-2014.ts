import type { PageEvidence, PageRule } from "../pages";

/** The IAM sign-in before the redesign. The button is an anchor outside the form's own submit. */
export const iamSignIn2014: PageRule = {
  codeField: "input#mfacode",
  submit: "#submitMfa_button",
  chooser: "#multi_mfa_container input[type=radio][value=SWHW]",
  identity: { account: "input#account", user: "input#username" },
};

export const evidence: PageEvidence = {
  title: "AWS sign-in (AngularJS), IAM users",
  source: "bitwarden/clients issue 890; sankalpmukim/aws-accounts-manager src/inject.js",
  seen: { from: "2019-01", to: "2025-01" },
  pages: ["iam-2014", "iam-2014-chooser"],
};
