import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { awsPageOf, hostRules } from "./aws-hosts";

const lookAlikes = readFileSync(
  new URL("../../tests/hosts/look-alikes.txt", import.meta.url),
  "utf8",
)
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));

describe("what is no AWS sign-in page", () => {
  test("the table has at least 200 look-alikes, each once", () => {
    expect(lookAlikes.length).toBeGreaterThanOrEqual(200);
    expect(new Set(lookAlikes).size).toBe(lookAlikes.length);
  });

  test.each(lookAlikes)("%s", (url) => {
    expect(awsPageOf(url)).toBeUndefined();
  });
});

describe("what is one", () => {
  test("every host of the table, and below it where it has subdomains", () => {
    for (const { name, subdomains, partition } of hostRules) {
      expect(awsPageOf(`https://${name}/`)?.partition, name).toBe(partition);
      expect(awsPageOf(`https://a.${name}/`)?.partition, name).toBe(
        subdomains ? partition : undefined,
      );
    }
  });

  test("letters in any case, and the default port spelled out, as browsers bring them into form", () => {
    expect(awsPageOf("HTTPS://SIGNIN.AWS.AMAZON.COM:443/oauth")?.host).toBe(
      "signin.aws.amazon.com",
    );
  });
});

describe("whose account the address tells", () => {
  test.each([
    ["https://us-east-1.signin.aws.amazon.com/oauth?account=123456789012", "123456789012"],
    [
      "https://us-east-1.signin.aws.amazon.com/oauth?account=example-corp&iam_user=true",
      "example-corp",
    ],
    ["https://123456789012.signin.aws.amazon.com/console", "123456789012"],
    ["https://example-corp.signin.aws.amazon.com/console", "example-corp"],
    ["https://example-agency.signin.amazonaws-us-gov.com/console", "example-agency"],
    ["https://us-gov-west-1.signin.amazonaws-us-gov.com/oauth", undefined],
    ["https://cn-north-1.signin.amazonaws.cn/oauth", undefined],
    ["https://eusc-de-east-1.signin.amazonaws-eusc.eu/oauth", undefined],
    ["https://signin.aws.amazon.com/oauth?account=", undefined],
    ["https://signin.aws.amazon.com/oauth?account=%3Cb%3E", undefined],
    ["https://signin.aws.amazon.com/oauth?account=1234", "1234"],
  ])("%s", (url, account) => {
    expect(awsPageOf(url)?.account).toBe(account);
  });

  test("Identity Center tells the directory, on its own hosts and under /platform of the others", () => {
    expect(awsPageOf("https://us-east-1.signin.aws/platform/d-1234567890/login")).toEqual({
      host: "us-east-1.signin.aws",
      partition: "aws",
      kind: "identityCenter",
      directory: "d-1234567890",
    });
    const govCloud =
      "https://us-gov-west-1.signin.amazonaws-us-gov.com/platform/d-1234567890/login";
    expect(awsPageOf(govCloud)?.kind).toBe("identityCenter");
  });
});
