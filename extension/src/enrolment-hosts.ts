/**
 * Where AWS enrols MFA devices, as data: IAM in the console, the access portal of Identity Center,
 * the profile of a Builder ID; and the sign-in hosts, for AWS may ask for a device during sign-in.
 *
 * Sources: the console endpoints and partitions of the AWS SDKs, the allow-list and the access-portal
 * page of the IAM Identity Center guide, "Multi-session" in the AWS Management Console guide; read in
 * November 2026. Hosts of the portal in China and the European Sovereign Cloud that only one source
 * names are not here.
 */

import { awsPageOf, type HostKind, matchPatterns, type Partition } from "./aws-hosts";

/** A host and what is below it, from this path on. */
type PlaceRule = {
  name: string;
  path: string;
  partition: Partition;
  kind: HostKind;
  /** What the host must look like besides, where others share the name. */
  host?: RegExp;
};

const consoleRule = (name: string, partition: Partition): PlaceRule => {
  // `/iam/home`, and `/iamv2/home` since 2021. The rest of the console is none of Doorcode's business.
  return { name, path: "/iam", partition, kind: "signIn" };
};
const portalRule = (name: string, path: string, partition: Partition): PlaceRule => {
  return { name, path, partition, kind: "identityCenter" };
};

export const placeRules: readonly PlaceRule[] = [
  consoleRule("console.aws.amazon.com", "aws"),
  consoleRule("console.amazonaws-us-gov.com", "aws-us-gov"),
  consoleRule("console.amazonaws.cn", "aws-cn"),
  consoleRule("console.amazonaws-eusc.eu", "aws-eusc"),
  portalRule("us-gov-home.awsapps.com", "/directory/", "aws-us-gov"),
  // `awsapps.com` also carries WorkSpaces, WorkMail and Connect, under other paths.
  portalRule("awsapps.com", "/start", "aws"),
  portalRule("home.awsapps.cn", "/directory/", "aws-cn"),
  portalRule("portal.amazonaws.com", "/", "aws"),
  { ...portalRule("app.aws", "/", "aws"), host: /\.portal\.[a-z0-9-]+\.app\.aws$/ },
  portalRule("profile.aws.amazon.com", "/", "aws"),
];

/** The one directory of all Builder IDs. */
const BUILDER_ID_DIRECTORY = "d-9067642ac7";

/** What the URL of a page tells, on which a device may be enrolled. */
export type EnrolmentPage = {
  host: string;
  partition: Partition;
  kind: HostKind;
  /** From the host of a console session, or from the query of a sign-in page. */
  account?: string;
  directory?: string;
};

/** The match patterns of the manifest for the script that enrols. */
export const enrolmentPatterns: readonly string[] = [
  ...matchPatterns,
  ...placeRules.map(({ name, path }) => `https://*.${name}${path}*`),
];

/** What page this is, or `undefined` where no device is enrolled. As strict as `awsPageOf`. */
export function enrolmentPageOf(url: string): EnrolmentPage | undefined {
  const signInPage = awsPageOf(url);
  if (signInPage !== undefined) return signInPage;
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== "https:" || parsed.port !== "") return undefined;
  if (parsed.username !== "" || parsed.password !== "") return undefined;
  const host = parsed.hostname;
  const rule = placeRules.find(
    (place) =>
      (host === place.name || host.endsWith(`.${place.name}`)) &&
      parsed.pathname.startsWith(place.path) &&
      (place.host?.test(host) ?? true),
  );
  if (rule === undefined) return undefined;
  const page: EnrolmentPage = { host, partition: rule.partition, kind: rule.kind };
  if (rule.kind === "signIn") {
    // With several sessions in one browser: `123456789012-abcdefgh.us-east-1.console…`.
    const account = /^(\d{12})-[a-z0-9]{8}\./.exec(host)?.[1];
    if (account !== undefined) page.account = account;
  } else {
    const directory = directoryIn(parsed, rule);
    if (directory !== undefined) page.directory = directory;
  }
  return page;
}

/** A directory goes by its id, `d-` and ten letters or digits, or by a name that is no use here. */
function directoryIn({ hostname, pathname }: URL, { name }: PlaceRule): string | undefined {
  if (name === "profile.aws.amazon.com" || hostname === "view.awsapps.com") {
    return BUILDER_ID_DIRECTORY;
  }
  return /(?:^|\/)(d-[a-z0-9]{10})(?:[./]|$)/.exec(`${hostname}${pathname}`)?.[1];
}
