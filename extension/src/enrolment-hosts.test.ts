import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { enrolmentPageOf, placeRules } from "./enrolment-hosts";

const lookAlikes = readFileSync(
  new URL("../../tests/hosts/look-alikes.txt", import.meta.url),
  "utf8",
)
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));

/** Addresses on which AWS shows a console or a portal, and enrols nobody. */
const OTHER_PLACES = ["/ec2/home", "/", "/s3/buckets", "/workspaces/start"];

describe("where no device is enrolled", () => {
  // Some look like the sign-in and are the console: there only IAM counts.
  test.each(lookAlikes)("%s", (url) => {
    expect(enrolmentPageOf(url)).toBeUndefined();
  });

  test.each(OTHER_PLACES)("the console and the portal at %s", (path) => {
    for (const host of ["us-east-1.console.aws.amazon.com", "d-1234567890.awsapps.com"]) {
      expect(enrolmentPageOf(`https://${host}${path}`)).toBeUndefined();
    }
  });

  test.each([
    "http://us-east-1.console.aws.amazon.com/iam/home",
    "https://us-east-1.console.aws.amazon.com:8443/iam/home",
    "https://user@us-east-1.console.aws.amazon.com/iam/home",
    "https://console.aws.amazon.com.evil.example/iam/home",
    "https://evilconsole.aws.amazon.com/iam/home",
    "https://notawsapps.com/start",
    "https://quicksight.us-east-1.app.aws/",
  ])("%s", (url) => {
    expect(enrolmentPageOf(url)).toBeUndefined();
  });
});

describe("where one is", () => {
  test("every place of the table, and below it", () => {
    for (const { name, path, partition, kind, host: like } of placeRules) {
      const hosts = like ? [`ssoins-1.portal.us-east-1.${name}`] : [name, `a.${name}`];
      for (const host of hosts) {
        const page = enrolmentPageOf(`https://${host}${path}`);
        expect(page, host).toMatchObject({ partition, kind });
      }
    }
  });

  test("the sign-in hosts too", () => {
    expect(enrolmentPageOf("https://us-east-1.signin.aws/platform/d-1234567890/login")).toEqual({
      host: "us-east-1.signin.aws",
      partition: "aws",
      kind: "identityCenter",
      directory: "d-1234567890",
    });
  });
});

describe("whose it is, as far as the address tells", () => {
  test("the account of one of several console sessions", () => {
    const url = "https://123456789012-a1b2c3d4.us-east-1.console.aws.amazon.com/iam/home#/x";
    expect(enrolmentPageOf(url)?.account).toBe("123456789012");
  });

  test.each([
    ["https://d-1234567890.awsapps.com/start", "d-1234567890"],
    ["https://start.us-gov-home.awsapps.com/directory/d-9876543210", "d-9876543210"],
    ["https://view.awsapps.com/start", "d-9067642ac7"],
    ["https://profile.aws.amazon.com/", "d-9067642ac7"],
    ["https://example-corp.awsapps.com/start", undefined],
  ])("the directory of %s", (url, directory) => {
    expect(enrolmentPageOf(url)?.directory).toBe(directory);
  });
});
