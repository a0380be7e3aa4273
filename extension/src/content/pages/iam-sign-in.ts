import type { PageRule } from "../pages";

/** The redesigned sign-in, one page for IAM users and root; steps replace one another in it. */
export const iamSignIn: PageRule = {
  id: "iam-sign-in",
  title: "AWS sign-in (React), IAM and root",
  source:
    "LazaroOnline/UserScripts-Corp Scripts/Aws-Mfa-Authenticator; mraza007/aws-omni login-helper.ts",
  seen: { from: "2024-10", to: "2026-03" },
  pages: ["iam-sign-in", "root-sign-in"],
  codeField: "input#mfaCode, input[name=mfaCode]",
  identity: {
    account: "input#account",
    user: "input#username",
    rootUser: "input[type=radio][value=ROOT]:checked",
  },
};
