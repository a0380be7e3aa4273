/** The sign-in pages that are known, and the pages one arrives on. */
import { asDirectoryUser, asIamUser, asRoot, OAUTH } from "./steps.mjs";

/** @typedef {import('../pages.mjs').SimulatedPage} SimulatedPage */

const TITLE = "Amazon Web Services Sign-In";
const HANDLE = "workflowStateHandle=00000000-0000-4000-8000-000000000000";

/** @type {Omit<SimulatedPage, "id" | "url" | "imitates">} */
const IAM_2024 = {
  file: "sign-in/sign-in-2024.jsx",
  title: TITLE,
  expected: "known",
  field: "#mfaCode",
};

/** @type {Omit<SimulatedPage, "id" | "url" | "imitates">} */
const IAM_2014 = {
  file: "sign-in/iam-2014.html",
  title: TITLE,
  expected: "known",
  field: "#mfacode",
};

/** @type {Omit<SimulatedPage, "id" | "url" | "imitates">} */
const IDENTITY_CENTER = {
  file: "sign-in/identity-center.jsx",
  title: "Sign in",
  expected: "known",
  field: '[data-testid="test-input"] input',
};

/** @type {readonly SimulatedPage[]} */
export const SIGN_IN_PAGES = [
  {
    ...IAM_2024,
    id: "iam-2024",
    url: `https://us-east-1.signin.aws.amazon.com${OAUTH}&account=example-corp`,
    imitates: "IAM user sign-in, React generation (since October 2024)",
    ...asIamUser("example-corp", "alice"),
  },
  {
    ...IAM_2024,
    id: "iam-2024-chooser",
    url: `https://us-east-1.signin.aws.amazon.com${OAUTH}&account=111122223333`,
    imitates: "the choice between several kinds of MFA device, then the code",
    ...asIamUser("111122223333", "bob", [
      { click: "input[type=radio][value=SWHW]" },
      { click: '[data-testid="mfa-continue-button"]' },
    ]),
  },
  {
    ...IAM_2024,
    id: "root-2024",
    url: "https://signin.aws.amazon.com/signin",
    imitates: "root user sign-in, React generation (since October 2024)",
    ...asRoot("111122223333", "root@example.com", "input[type=radio][value=ROOT]"),
  },
  iam2024In("us-gov", "us-gov-west-1.signin.amazonaws-us-gov.com", "example-agency"),
  iam2024In("us-gov-fips", "us-gov-west-1.signin-fips.amazonaws-us-gov.com", "example-agency"),
  iam2024In("cn", "cn-north-1.signin.amazonaws.cn", "example-china"),
  iam2024In("cn-www", "222233334444.signin.www.amazonaws.cn", "222233334444"),
  iam2024In("eusc", "eusc-de-east-1.signin.amazonaws-eusc.eu", "example-europe"),
  {
    ...IAM_2014,
    id: "iam-2014",
    url: `https://us-east-1.signin.aws.amazon.com${OAUTH}&account=example-corp&simulate=iam-2014`,
    imitates: "IAM user sign-in, AngularJS generation (until about 2024)",
    ...asIamUser("example-corp", "alice"),
  },
  {
    ...IAM_2014,
    id: "iam-2014-chooser",
    url: `https://us-east-1.signin.aws.amazon.com${OAUTH}&account=111122223333&simulate=iam-2014`,
    imitates: "the same with a choice between several kinds of MFA device",
    ...asIamUser("111122223333", "bob", [
      { click: "#multi_mfa_container input[value=SWHW]" },
      { click: "#next_multi" },
    ]),
  },
  {
    id: "root-2017",
    url: "https://signin.aws.amazon.com/signin?simulate=root-2017",
    file: "sign-in/root-2017.html",
    title: TITLE,
    imitates: "root user sign-in before the redesign (until about 2024)",
    expected: "known",
    field: "#mfaCode",
    ...asRoot("111122223333", "root@example.com", "#root_user_radio_button"),
  },
  {
    ...IDENTITY_CENTER,
    id: "identity-center",
    url: `https://us-east-1.signin.aws/platform/d-1234567890/login?${HANDLE}`,
    imitates: "IAM Identity Center sign-in (since 2022)",
    ...asDirectoryUser("d-1234567890", "alice", "#username-input input"),
  },
  {
    ...IDENTITY_CENTER,
    id: "identity-center-us-gov",
    url: `https://us-gov-west-1.signin.amazonaws-us-gov.com/platform/d-9876543210/login?${HANDLE}`,
    imitates: "IAM Identity Center sign-in in GovCloud",
    ...asDirectoryUser("d-9876543210", "alice", "#username-input input"),
  },
  {
    ...IDENTITY_CENTER,
    id: "builder-id",
    url: `https://us-east-1.signin.aws/platform/d-9067642ac7/login?${HANDLE}`,
    imitates: "AWS Builder ID sign-in (2024 to 2026)",
    field: '[data-testid="vmfa-authentication"] input[data-testid="test-input"]',
    ...asDirectoryUser("d-9067642ac7", "dev@example.com", "#username-input"),
  },
  {
    id: "console-home",
    url: "https://us-east-1.console.aws.amazon.com/console/home",
    file: "sign-in/console-home.jsx",
    title: "Console Home",
    imitates: "the first page after sign-in",
    expected: "none",
  },
  portalAt("portal", "https://d-1234567890.awsapps.com/start"),
  portalAt("portal-us-gov", "https://start.us-gov-home.awsapps.com/directory/d-9876543210"),
];

/**
 * @param {string} name
 * @param {string} host
 * @param {string} account
 * @returns {SimulatedPage}
 */
function iam2024In(name, host, account) {
  return {
    ...IAM_2024,
    id: `iam-2024-${name}`,
    url: `https://${host}${OAUTH}&account=${account}`,
    imitates: `IAM user sign-in on ${host}; that other partitions show the same page is an assumption`,
    ...asIamUser(account, "alice"),
  };
}

/**
 * @param {string} id
 * @param {string} url
 * @returns {SimulatedPage}
 */
function portalAt(id, url) {
  return {
    id,
    url,
    file: "sign-in/portal-home.jsx",
    title: "AWS access portal",
    imitates: "the access portal after sign-in",
    expected: "none",
  };
}
