import type { PageEvidence, PageRule } from "../pages";

/** IAM Identity Center and Builder ID: one application, steps replaced inside one document. */
export const identityCenter: PageRule = {
  codeField: "[data-testid=vmfa-authentication] [data-testid=test-input]",
  submit: "[data-testid=vmfa-authentication] [data-testid=test-primary-button]",
  identity: { user: "#username-input" },
};

export const evidence: PageEvidence = {
  title: "IAM Identity Center and AWS Builder ID sign-in",
  source:
    "literallyjustroy/AWS-Credential-Filler index.js (2022); the test ids of the application's own bundle (2026)",
  seen: { from: "2022-05", to: "2026-09" },
  pages: ["identity-center", "identity-center-us-gov", "builder-id"],
};
