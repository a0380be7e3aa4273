/** Scanning by other ways than the offer: the tab, pictures, a camera; and what codes that are no keys are called. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import qrcode from "qrcode-generator";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { PAGES } from "../../www/aws/pages.mjs";
import { madeUpSecret } from "../../www/server/accounts.mjs";
import { codesFilled, pressOffer, storedEntries } from "../e2e/support/enrolment.mjs";
import type { Page } from "../e2e/support/page.mjs";
import { hasScreen, onScreen } from "../e2e/support/screen.mjs";
import { walk } from "../e2e/support/walk.mjs";
import { startWorld, type World } from "../e2e/support/world.mjs";

const wizard = PAGES.find(({ id }) => id === "enrol-own-user");
if (wizard === undefined) throw new Error("no wizard");

/** AWS takes the name of a device once. */
const wizardFor = (deviceName: string) => ({
  ...wizard,
  steps: (wizard.steps ?? []).map((step) =>
    "fill" in step ? { ...step, text: deviceName } : step,
  ),
});

const uriOf = (name: string) =>
  `otpauth://totp/Amazon%20Web%20Services:${name}@example-corp?secret=${madeUpSecret(name)}&issuer=Amazon%20Web%20Services`;

function modulesOf(text: string): boolean[][] {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const side = code.getModuleCount();
  return Array.from({ length: side }, (_, row) =>
    Array.from({ length: side }, (_, column) => code.isDark(row, column)),
  );
}

/** Puts a picture of codes, side by side, into the page: chosen, dropped or pasted. */
async function give(page: Page, texts: string[], how: "choose" | "drop" | "paste") {
  // Browsers let a page write to the clipboard after a gesture.
  if (how === "paste") await page.click("main h1");
  await page.evaluate(
    async ({ codes, how }) => {
      const cell = 4;
      const sides = codes.map((rows) => (rows.length + 8) * cell);
      const canvas = document.createElement("canvas");
      canvas.width = sides.reduce((sum, side) => sum + side, 0);
      canvas.height = Math.max(...sides);
      const context = canvas.getContext("2d") as CanvasRenderingContext2D;
      context.fillStyle = "white";
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.fillStyle = "black";
      let left = 0;
      codes.forEach((rows, at) => {
        rows.forEach((row, y) => {
          row.forEach((dark, x) => {
            if (dark) context.fillRect(left + (x + 4) * cell, (y + 4) * cell, cell, cell);
          });
        });
        left += sides[at] ?? 0;
      });
      const blob = await new Promise<Blob>((resolve) =>
        canvas.toBlob((made) => resolve(made as Blob)),
      );
      const data = new DataTransfer();
      data.items.add(new File([blob], "codes.png", { type: "image/png" }));
      const input = document.querySelector("input[type=file]") as HTMLInputElement;
      if (how === "choose") {
        input.files = data.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      } else if (how === "drop") {
        const drop = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
        input.closest("label")?.dispatchEvent(drop);
      } else {
        await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
      }
    },
    { codes: texts.map(modulesOf), how },
  );
  if (how === "paste") await page.press("Control+v");
}

async function addPicture(scan: Page, how: "choose" | "drop" | "paste", world: World) {
  await give(scan, [uriOf(`picture-${how}`)], how);
  await scan.waitFor(".scan-results .button-primary");
  await scan.click(".scan-results .button-primary");
  await scan.waitUntil("it to be added", () => /Added/.test(document.body.innerText), undefined);
  const names = (await storedEntries(world.browser)).map(({ deviceName }) => deviceName);
  expect(names).toContain(`picture-${how}`);
}

// Without a window Firefox keeps no picture in its clipboard.
test.skipIf(!hasScreen)("in a window of firefox a picture is pasted", async () => {
  const start = () => startWorld("firefox", { headless: false });
  const { started: world, turnOff } = await onScreen(":95", start);
  try {
    const scan = await world.browser.openExtensionPage("scan.html");
    await scan.waitFor("input[type=file]");
    await addPicture(scan, "paste", world);
  } finally {
    await world.close();
    turnOff();
  }
});

describe.each(["chromium", "firefox"] as const)("in %s", (name) => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let page: Page | undefined;
  let devices = 0;

  beforeAll(async () => {
    world = await startWorld(name);
  });
  afterAll(() => world?.close());
  afterEach(async () => {
    await page?.close();
    page = undefined;
  });

  /** As far as the QR code, each time with another device. */
  const walkWizard = (tab: Page) => {
    devices += 1;
    return walk(tab, wizardFor(`scan-${devices}`));
  };
  const atScanPage = async () => {
    page = await world.browser.openExtensionPage("scan.html");
    await page.waitFor("input[type=file]");
    return page;
  };

  test("the popup scans the tab, saves, and fills the boxes there", async () => {
    page = await world.browser.newPage();
    await walkWizard(page);
    await page.offer.waitFor();
    const popup = await world.browser.openPopup(page);
    await popup.click(".prompt .button-primary");
    await popup.waitFor(".scan-results .button-primary");
    expect(await popup.text(".scan-results")).toContain("Save and fill the codes");
    await popup.click(".scan-results .button-primary");
    await codesFilled(page, wizard);
    expect((await storedEntries(world.browser)).filter(({ pending }) => pending)).toHaveLength(1);
  });

  test("a picture that its server lets nobody read: the offer says so, the popup sees it", async () => {
    page = await world.browser.newPage();
    devices += 1;
    const simulated = wizardFor(`scan-${devices}`);
    await walk(page, { ...simulated, url: simulated.url.replace("#", "&qr=img-elsewhere#") });
    await page.offer.waitForText(/^Scan and fill/);
    await pressOffer(page);
    await page.offer.waitForText(/No QR code could be read on this page/);
    const popup = await world.browser.openPopup(page);
    await popup.click(".prompt .button-primary");
    await popup.waitFor(".scan-results .button-primary");
    await popup.click(".scan-results .button-primary");
    await codesFilled(page, wizard);
  });

  test.runIf(name === "firefox")("the menu of the picture scans and fills", async () => {
    page = await world.browser.newPage();
    await walkWizard(page);
    await page.offer.waitFor();
    await world.browser.chooseFromContextMenu?.(page, "main img", "Scan the QR code for Doorcode");
    await codesFilled(page, wizard);
  });

  test.runIf(name === "firefox")("the shortcut scans and fills", async () => {
    page = await world.browser.newPage();
    await walkWizard(page);
    await page.offer.waitFor();
    await world.browser.pressShortcut("fill-code");
    await codesFilled(page, wizard);
  });

  const ways =
    name === "chromium" ? (["choose", "drop", "paste"] as const) : (["choose", "drop"] as const);
  test.each(ways)("a picture: %s", async (how) => {
    await addPicture(await atScanPage(), how, world);
  });

  test("several codes in one picture are all listed, each called what it is", async () => {
    const scan = await atScanPage();
    await give(
      scan,
      [uriOf("one-of-two"), "https://example.com/", uriOf("two-of-two"), "WIFI:S:net;T:WPA;;"],
      "choose",
    );
    await scan.waitFor(".scan-results .button-primary");
    const text = await scan.text(".scan-results");
    expect(text).toContain("A web address, not a key");
    expect(text).toContain("A Wi-Fi network, not a key");
    expect(text).toContain("one-of-two");
    expect(text).toContain("two-of-two");
  });

  test("a picture without a code, and a file that is no picture", async () => {
    const scan = await atScanPage();
    await give(scan, [], "choose").catch(() => undefined);
    await scan.evaluate(() => {
      const data = new DataTransfer();
      data.items.add(new File(["text"], "note.txt", { type: "text/plain" }));
      const input = document.querySelector("input[type=file]") as HTMLInputElement;
      input.files = data.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }, undefined);
    await scan.waitUntil(
      "what is wrong",
      () => /not a picture that can be read/.test(document.body.innerText),
      undefined,
    );
  });
});

describe("in chromium, with a camera", () => {
  const folder = mkdtempSync(join(tmpdir(), "doorcode-camera-"));
  const film = join(folder, "code.y4m");
  let world: Awaited<ReturnType<typeof startWorld>>;

  beforeAll(async () => {
    writeFileSync(film, filmOf(modulesOf(uriOf("seen-by-camera"))));
    world = await startWorld("chromium", {
      args: [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        `--use-file-for-fake-video-capture=${film}`,
      ],
    });
  });
  afterAll(async () => {
    await world?.close();
    rmSync(folder, { recursive: true });
  });

  test("a code that it sees is read, and the camera stops", async () => {
    const page = await world.browser.openExtensionPage("scan.html");
    await page.waitFor("input[type=file]");
    await page.click(".page-card > .button");
    await page.waitFor(".scan-results .button-primary", { timeoutMs: 20_000 });
    expect(await page.text(".scan-results")).toContain("seen-by-camera");
    expect(await page.isVisible("video")).toBe(false);
    await page.close();
  });
});

/** A film of two frames in YUV4MPEG2, with the code in the middle. */
function filmOf(modules: boolean[][]): Buffer {
  const [width, height, cell] = [640, 480, 6];
  const luma = Buffer.alloc(width * height, 200);
  const top = Math.floor((height - modules.length * cell) / 2);
  const left = Math.floor((width - modules.length * cell) / 2);
  modules.forEach((row, y) => {
    row.forEach((dark, x) => {
      for (let line = 0; dark && line < cell; line += 1) {
        const start = (top + y * cell + line) * width + left + x * cell;
        luma.fill(20, start, start + cell);
      }
    });
  });
  const chroma = Buffer.alloc((width * height) / 2, 128);
  const frame = Buffer.concat([Buffer.from("FRAME\n"), luma, chroma]);
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
  return Buffer.concat([header, frame, frame]);
}
