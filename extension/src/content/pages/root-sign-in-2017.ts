import type { PageEvidence, PageRule } from "../pages";

/** The root sign-in before the redesign: the same field id, another button. */
export const rootSignIn2017: PageRule = {
  codeField: ":has(#mfa_submit_button) input#mfaCode",
  submit: "#mfa_submit_button",
  identity: { rootUser: "input#root_user_radio_button:checked" },
};

export const evidence: PageEvidence = {
  title: "AWS sign-in, root user, before the redesign",
  source: "keepassxreboot/keepassxc-browser issue 778; sentialabs/coto coto/clients/mfa.py",
  seen: { from: "2017-01", to: "2025-01" },
  pages: ["root-2017"],
};
