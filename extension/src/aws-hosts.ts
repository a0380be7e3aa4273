/**
 * The hosts on which AWS asks for an MFA code, as data.
 *
 * A host counts when it is one of these names or a subdomain of one whose `subdomains` is true.
 * Parents that also carry customer content (`amazonaws.com`, `amazonaws.cn`, …) are not here and
 * must never be. Sources: the sign-in endpoints of the AWS General Reference, the allow-lists of
 * the AWS Sign-In and IAM Identity Center guides, and the partitions of the AWS SDKs; read in
 * November 2026.
 */

export type Partition = "aws" | "aws-us-gov" | "aws-cn" | "aws-eusc";

/** `signIn`: IAM users and root; `identityCenter`: Identity Center and Builder ID. */
export type HostKind = "signIn" | "identityCenter";

type HostRule = { name: string; subdomains: boolean; partition: Partition; kind: HostKind };

export const hostRules: readonly HostRule[] = [
  { name: "signin.aws.amazon.com", subdomains: true, partition: "aws", kind: "signIn" },
  { name: "signin.aws", subdomains: true, partition: "aws", kind: "identityCenter" },
  {
    name: "signin.amazonaws-us-gov.com",
    subdomains: true,
    partition: "aws-us-gov",
    kind: "signIn",
  },
  {
    name: "signin-fips.amazonaws-us-gov.com",
    subdomains: true,
    partition: "aws-us-gov",
    kind: "signIn",
  },
  { name: "signin.amazonaws.cn", subdomains: true, partition: "aws-cn", kind: "signIn" },
  { name: "signin.www.amazonaws.cn", subdomains: true, partition: "aws-cn", kind: "signIn" },
  { name: "signin.amazonaws-eusc.eu", subdomains: true, partition: "aws-eusc", kind: "signIn" },
];

/** What the URL of a page tells before anything on it is read. */
export type AwsPage = {
  host: string;
  partition: Partition;
  kind: HostKind;
  /** Account id or alias, from the host or from `account=`. */
  account?: string;
  /** Identity Center directory, `d-` and ten letters or digits. */
  directory?: string;
};

/** The match patterns of the manifest: every host above, https, any path. */
export const matchPatterns: readonly string[] = hostRules.map(
  // In a match pattern `*.` stands for the name itself too.
  (rule) => `https://${rule.subdomains ? "*." : ""}${rule.name}/*`,
);

/**
 * What AWS page this is, or `undefined` when it is none: https, the default port, no user
 * information, and a host of the table. The URL parser has brought the name into its canonical
 * form (lower case, punycode) before it is compared.
 */
export function awsPageOf(url: string): AwsPage | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== "https:" || parsed.port !== "") return undefined;
  if (parsed.username !== "" || parsed.password !== "") return undefined;
  const host = parsed.hostname;
  const rule = hostRules.find(
    ({ name, subdomains }) => host === name || (subdomains && host.endsWith(`.${name}`)),
  );
  if (rule === undefined) return undefined;
  const identityCenter = rule.kind === "identityCenter" || isPlatformPath(parsed.pathname);
  const page: AwsPage = {
    host,
    partition: rule.partition,
    kind: identityCenter ? "identityCenter" : "signIn",
  };
  const directory = /^\/platform\/(d-[a-z0-9]{10})(?:\/|$)/.exec(parsed.pathname)?.[1];
  if (directory !== undefined) page.directory = directory;
  if (!identityCenter) {
    const account = accountIn(parsed, host.slice(0, -rule.name.length - 1));
    if (account !== undefined) page.account = account;
  }
  return page;
}

/** GovCloud and China serve Identity Center on the hosts of IAM, under this path. */
function isPlatformPath(path: string): boolean {
  return path === "/platform" || path.startsWith("/platform/");
}

/** `account=` of the query, else the label before the sign-in host when it is not a region. */
function accountIn(url: URL, label: string): string | undefined {
  const candidates = [url.searchParams.get("account"), label];
  return candidates.find(
    (text): text is string => text !== null && isAccount(text) && !isRegion(text),
  );
}

/** Twelve digits, or an account alias as IAM allows it: 3 to 63 of `a-z0-9-`. */
export function isAccount(text: string): boolean {
  return /^\d{12}$/.test(text) || /^[a-z0-9](?:[a-z0-9]|-(?!-)){1,61}[a-z0-9]$/.test(text);
}

/** `us-east-1`, `us-gov-west-1`, `eusc-de-east-1`, and `sso`, which stands before Identity Center. */
function isRegion(label: string): boolean {
  return label === "sso" || /^[a-z]{2,4}(?:-[a-z]+){1,2}-\d$/.test(label);
}
