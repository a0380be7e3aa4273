/**
 * `npm start`: a real browser with the extension, at the simulated AWS sign-in, with a demo vault.
 * `-- --firefox` takes Firefox; `-- --check` does the walk without a window and says what it saw.
 */

import { join } from "node:path";
import { hasDisplay } from "./display.mjs";
import { root, runScript, StepError, step } from "./steps.mjs";

const flags = process.argv.slice(2);
const unknown = flags.find((flag) => !["--firefox", "--check"].includes(flag));
/** @type {"chromium" | "firefox"} */
const browserName = flags.includes("--firefox") ? "firefox" : "chromium";

await runScript(async () => {
  if (unknown !== undefined) {
    throw new StepError(`There is no option ${unknown}. Known: --firefox, --check.`);
  }
  let check = flags.includes("--check");
  if (!check && !hasDisplay()) {
    process.stderr.write(
      "There is no display here, so this is the walk without a window (--check).\n",
    );
    check = true;
  }
  const { build } = await import("./build.mjs");
  await build();
  const { findOrInstallBrowser } = await import("./browser.mjs");
  await step(`Looking for ${browserName === "firefox" ? "Firefox" : "Chromium"}`, () =>
    findOrInstallBrowser(browserName),
  );
  const { startSimulatedAws } = await import("../www/serve.mjs");
  const { launch } = await import("../tests/e2e/support/launch.mjs");
  const aws = await step("Starting the simulated AWS", () => startSimulatedAws());
  try {
    const browser = await step(`Opening ${browserName}`, () =>
      launch(browserName, {
        extensionDir: join(root, "dist", browserName),
        awsPort: aws.port,
        headless: check,
      }),
    );
    try {
      const { demo, walkThrough } = await import("./demo.mjs");
      if (check) await walkThrough(browser, aws);
      else await demo(browser, aws);
    } finally {
      await browser.close();
    }
  } finally {
    await aws.close();
  }
});
