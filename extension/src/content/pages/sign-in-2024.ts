import type { PageEvidence, PageRule } from "../pages";

/** The redesigned sign-in, one page for IAM users and root; steps replace one another in it. */
export const signIn2024: PageRule = {
  codeField: "input#mfaCode, input[name=mfaCode]",
  submit: "[data-testid=mfa-submit-button]",
  chooser: "input[type=radio][value=SWHW]",
  identity: {
    account: "input#account",
    user: "input#username",
    rootUser: "input[type=radio][value=ROOT]:checked",
  },
};

export const evidence: PageEvidence = {
  title: "AWS sign-in (React), IAM users and root",
  source:
    "LazaroOnline/UserScripts-Corp Scripts/Aws-Mfa-Authenticator; mraza007/aws-omni src/content/login-helper.ts",
  seen: { from: "2024-10", to: "2026-03" },
  pages: [
    "iam-2024",
    "iam-2024-chooser",
    "root-2024",
    "iam-2024-us-gov",
    "iam-2024-us-gov-fips",
    "iam-2024-cn",
    "iam-2024-cn-www",
    "iam-2024-eusc",
    "restless",
    "plain",
    "native-dialog",
    "shadow-root",
    "frame",
    "plain-framed",
  ],
};
