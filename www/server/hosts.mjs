/**
 * The host names that the simulated AWS answers under, by partition and purpose.
 *
 * Sources: AWS general reference, sign-in endpoints; botocore 1.44 sign-in endpoint rules; IAM user guide
 * `id_users_sign-in`; AWS Sign-In and IAM Identity Center allow-lists. The Identity Center sign-in hosts of the China and
 * European Sovereign partitions are not documented and left out.
 */

/**
 * @typedef {import('./accounts.mjs').Partition} Partition
 * @typedef {'signIn' | 'console' | 'identityCenter' | 'portal' | 'profile'} Purpose
 * @typedef {{ purpose: Purpose, partition: Partition, label: string }} AwsHost
 *   `label`: what stands before the suffix (a region, an account id, an alias), or nothing
 */

/** Longest suffix first where one contains another. @type {ReadonlyArray<readonly [string, Purpose, Partition]>} */
const SUFFIXES = [
  ["signin.aws.amazon.com", "signIn", "aws"],
  ["signin.amazonaws-us-gov.com", "signIn", "aws-us-gov"],
  ["signin-fips.amazonaws-us-gov.com", "signIn", "aws-us-gov"],
  ["signin.amazonaws.cn", "signIn", "aws-cn"],
  ["signin.www.amazonaws.cn", "signIn", "aws-cn"],
  ["signin.amazonaws-eusc.eu", "signIn", "aws-eusc"],
  ["console.aws.amazon.com", "console", "aws"],
  ["console.amazonaws-us-gov.com", "console", "aws-us-gov"],
  ["console.amazonaws.cn", "console", "aws-cn"],
  ["console.amazonaws-eusc.eu", "console", "aws-eusc"],
  ["sso.signin.aws", "identityCenter", "aws"],
  ["signin.aws", "identityCenter", "aws"],
  ["us-gov-home.awsapps.com", "portal", "aws-us-gov"],
  ["awsapps.com", "portal", "aws"],
  ["home.awsapps.cn", "portal", "aws-cn"],
  ["app.aws", "portal", "aws"],
  ["portal.amazonaws.com", "portal", "aws"],
  ["profile.aws.amazon.com", "profile", "aws"],
];

/** The one directory of all Builder IDs. */
export const BUILDER_ID_DIRECTORY = "d-9067642ac7";

/** The region whose hosts a partition's pages use here. @type {Record<Partition, string>} */
export const HOME_REGION = {
  aws: "us-east-1",
  "aws-us-gov": "us-gov-west-1",
  "aws-cn": "cn-north-1",
  "aws-eusc": "eusc-de-east-1",
};

/** @type {Record<Partition, string>} */
const SIGN_IN_SUFFIX = {
  aws: "signin.aws.amazon.com",
  "aws-us-gov": "signin.amazonaws-us-gov.com",
  "aws-cn": "signin.amazonaws.cn",
  "aws-eusc": "signin.amazonaws-eusc.eu",
};

/** @type {Record<Partition, string>} */
const CONSOLE_SUFFIX = {
  aws: "console.aws.amazon.com",
  "aws-us-gov": "console.amazonaws-us-gov.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-eusc": "console.amazonaws-eusc.eu",
};

/** @param {Partition} partition */
export function regionalSignInHost(partition) {
  return `${HOME_REGION[partition]}.${SIGN_IN_SUFFIX[partition]}`;
}

/** @param {Partition} partition */
export function regionalConsoleHost(partition) {
  return `${HOME_REGION[partition]}.${CONSOLE_SUFFIX[partition]}`;
}

/**
 * The sign-in page of an Identity Center directory.
 * @param {import('./accounts.mjs').SimulatedDirectory} directory
 * @param {string} workflowStateHandle
 */
export function identityCenterSignIn({ partition, directoryId }, workflowStateHandle) {
  const host =
    partition === "aws" ? `${HOME_REGION.aws}.signin.aws` : regionalSignInHost(partition);
  return `https://${host}/platform/${directoryId}/login?workflowStateHandle=${workflowStateHandle}`;
}

/**
 * Where a directory's users arrive.
 * @param {Pick<import('./accounts.mjs').SimulatedDirectory, 'partition' | 'directoryId'>} directory
 */
export function portalStart({ partition, directoryId }) {
  if (partition !== "aws") {
    return `https://start.us-gov-home.awsapps.com/directory/${directoryId}`;
  }
  return directoryId === BUILDER_ID_DIRECTORY
    ? "https://view.awsapps.com/start"
    : `https://${directoryId}.awsapps.com/start`;
}

/**
 * The suffix of a host that cookies of a signed-in console share.
 * @param {Partition} partition
 */
export function consoleCookieDomain(partition) {
  return CONSOLE_SUFFIX[partition];
}

/**
 * What a host name stands for, or nothing when it is not one of AWS.
 * @param {string} hostname
 * @returns {AwsHost | undefined}
 */
export function describeHost(hostname) {
  for (const [suffix, purpose, partition] of SUFFIXES) {
    if (hostname === suffix) {
      return { purpose, partition, label: "" };
    }
    if (hostname.endsWith(`.${suffix}`)) {
      return { purpose, partition, label: hostname.slice(0, -suffix.length - 1) };
    }
  }
  return undefined;
}

/** @param {string} label */
export function isRegion(label) {
  return /^[a-z]{2,4}(-[a-z]+)+-\d$/.test(label);
}
