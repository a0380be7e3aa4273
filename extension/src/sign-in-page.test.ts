import { describe, expect, test } from "vitest";
import { awsPageOf } from "./aws-hosts";
import { mfaDevicesPage, signInPage } from "./sign-in-page";

const alias = { accountAlias: "example-corp", accountId: "123456789012" } as const;

describe("the sign-in page of an AWS account", () => {
  test.each([
    ["aws", "https://example-corp.signin.aws.amazon.com/console"],
    ["aws-us-gov", "https://example-corp.signin.amazonaws-us-gov.com/console"],
    ["aws-cn", "https://example-corp.signin.amazonaws.cn/console"],
  ])("in %s is one on which Doorcode runs, for that account", (partition, url) => {
    expect(signInPage({ ...alias, partition })).toEqual({ url });
    expect(awsPageOf(url)).toMatchObject({ partition, account: "example-corp", kind: "signIn" });
  });

  test("takes the ID where there is no alias", () => {
    const entry = { accountId: "123456789012", partition: "aws" };
    expect(signInPage(entry)).toEqual({
      url: "https://123456789012.signin.aws.amazon.com/console",
    });
  });

  test("is never guessed for an account or a partition that is not known", () => {
    expect(signInPage({})).toEqual({ missing: ["account", "partition"] });
    expect(signInPage({ partition: "aws" })).toEqual({ missing: ["account"] });
    expect(signInPage({ accountId: "123456789012" })).toEqual({ missing: ["partition"] });
    expect(signInPage({ ...alias, partition: "aws-eusc" })).toEqual({ missing: "address" });
    expect(signInPage({ ...alias, partition: "aws-moon" })).toEqual({ missing: "address" });
  });

  test("has no name in its host that is no alias", () => {
    for (const accountAlias of ["evil.example/", "a@b", "x", "EXAMPLE", "a--b", "corp#"]) {
      expect(signInPage({ accountAlias, partition: "aws" })).toEqual({ missing: ["account"] });
    }
  });
});

describe("the access portal of IAM Identity Center", () => {
  const user = { identityKind: "identityCenterUser", partition: "aws" } as const;

  test("is that of the directory", () => {
    const url = "https://d-1234567890.awsapps.com/start";
    expect(signInPage({ ...user, directoryId: "d-1234567890" })).toEqual({ url });
  });

  test("is not known without one, whatever the account", () => {
    expect(signInPage({ ...user, ...alias })).toEqual({ missing: ["directory"] });
    expect(signInPage({ ...user, directoryId: "x.example" })).toEqual({ missing: ["directory"] });
  });
});

test("the page for MFA devices is that of the partition's console, for users of IAM", () => {
  expect(mfaDevicesPage({ partition: "aws-cn" })).toBe(
    "https://console.amazonaws.cn/iam/home#/security_credentials/mfa",
  );
  expect(mfaDevicesPage({})).toBeUndefined();
  expect(mfaDevicesPage({ partition: "aws", identityKind: "identityCenterUser" })).toBeUndefined();
});
