// @vitest-environment happy-dom
import { afterEach, describe, expect, test } from "vitest";
import { RequestError } from "../messaging";
import { button, hasButton, mount, pageText, sees, unmount, until } from "../ui/testing/mount";
import { production } from "../ui/testing/sample-entries";
import { Popup } from "./popup";

afterEach(unmount);

const URI =
  "otpauth://totp/Amazon%20Web%20Services:carol-phone@example-corp?secret=MADEUPMADEUPMADE&issuer=Amazon%20Web%20Services";
const enrolment = { tabId: 3, host: "console.aws.amazon.com", form: "pair" as const };
const finds = (...texts: string[]) => ({ readPicture: async () => texts });

describe("scanning the tab in front", () => {
  test("where a device is enrolled, saves it and lets that tab fill its codes", async () => {
    const { services, state } = await mount(Popup, { enrolment }, finds(URI));
    await sees("This page adds an MFA device.");
    button("Scan this page").click();
    await until(() => hasButton("Save and fill the codes"));
    button("Save and fill the codes").click();
    await until(() => services.effects.closed);
    const asked = state.log.find(({ name }) => name === "enrolEntry");
    expect(asked?.request).toEqual({ tabId: 3, entry: { kind: "keyUri", uri: URI } });
  });

  test("elsewhere, lists all codes and saves the one that is chosen", async () => {
    const { asked } = await mount(Popup, {}, finds("https://example.com/", URI, "WIFI:S:a;;"));
    button("Add an entry").click();
    await until(() => hasButton("Scan this page"));
    button("Scan this page").click();
    await sees("A web address, not a key");
    expect(pageText()).toContain("A Wi-Fi network, not a key");
    await until(() => hasButton("Save the entry"));
    button("Save the entry").click();
    await until(() => asked().includes("addEntry"));
    await sees("Added");
  });

  test("begins at once when the popup was opened to scan", async () => {
    await mount(Popup, { scan: true, entries: [production] }, finds());
    await sees("No QR code was found");
  });

  test("says what to do where the browser does not show the tab", async () => {
    const captureTab = () => Promise.reject(new RequestError({ kind: "captureRefused" }));
    await mount(Popup, { scan: true }, { captureTab });
    await sees("The browser does not show this tab to extensions");
  });

  test("does not offer to save what is there already", async () => {
    const known = { ...production, entryId: "MADEUPMADEUPMADE" };
    await mount(Popup, { scan: true, entries: [known] }, finds(URI));
    await until(() => /already/i.test(pageText()));
    expect(hasButton("Save the entry")).toBe(false);
  });

  test("shows which part of an export it is, and saves each entry of it", async () => {
    const part = { batchId: 7, batchIndex: 1, batchSize: 4, uris: [URI], refused: 1 };
    const data = encodeURIComponent(JSON.stringify(part));
    const found = finds(`otpauth-migration://offline?data=${data}`);
    const { asked } = await mount(Popup, { scan: true }, found);
    await sees("part 2 of 4");
    await sees("Entries of it that no code can be made from: 1");
    await until(() => hasButton("Save the entry"));
    button("Save the entry").click();
    await until(() => asked().includes("addEntry"));
  });

  test("goes on to pictures and the camera in a page of their own", async () => {
    const { services } = await mount(Popup, { scan: true }, finds());
    await until(() => hasButton("Scan a picture, or use the camera"));
    button("Scan a picture, or use the camera").click();
    expect(services.effects.opened).toEqual(["scan"]);
  });
});

describe("an entry that AWS has not confirmed", () => {
  const pending = { ...production, pending: true };

  test("is marked, and confirmed by hand", async () => {
    const { state } = await mount(Popup, { entries: [pending] });
    await sees("Not confirmed");
    button(`Edit example-production, alice · IAM user`).click();
    await sees("AWS has not confirmed this device.");
    button("AWS has added it").click();
    await until(() => state.entries[0]?.pending === false);
  });
});
