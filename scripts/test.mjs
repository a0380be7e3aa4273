/**
 * `npm test`: sets up what is missing, then checks everything; stops at the first failure.
 * `npm run test:long` adds what takes longer than a coffee.
 */

import { setUp } from "./setup.mjs";
import { run, runScript, step } from "./steps.mjs";

const long = process.argv.includes("--long");

/** @param {string} name @param {string[]} args */
const npx = (name, ...args) => run("npx", ["--no-install", name, ...args]);
/** @param {string[]} args */
const cargo = (...args) => run("cargo", [...args]);

/** @param {string[]} args */
const clippy = (...args) => cargo("clippy", "--quiet", "--locked", ...args, "--", "-D", "warnings");

await runScript(async () => {
  await setUp();
  const { findOrInstallBrowser } = await import("./browser.mjs");
  await step("Looking for Chromium and Firefox", async () => {
    await findOrInstallBrowser("chromium");
    await findOrInstallBrowser("firefox");
  });

  const { buildWasm } = await import("./build-wasm.mjs");
  const { buildExtension } = await import("./build-extension.mjs");
  // Side by side: the linker of the modules keeps one core busy at most.
  await Promise.all([
    step("Building the WebAssembly modules", buildWasm),
    step("Formatting and lints", async () => {
      await npx("biome", "ci", ".");
      await cargo("fmt", "--all", "--check");
      await clippy("--workspace", "--all-targets");
      await clippy("-p", "doorcode-wasm", "--all-features", "--target", "wasm32-unknown-unknown");
    }),
  ]);
  await step("Checking types", () => npx("tsc", "-p", "."));
  await step("Building the extension", buildExtension);
  await step("Checking the package", () =>
    run("npx", ["--no-install", "web-ext", "lint", "--source-dir", "dist/firefox"], {
      quiet: true,
    }),
  );

  await step("Rust tests", () => cargo("test", "--quiet", "--locked", "--workspace"));
  await step("Rust documentation", () =>
    run(
      "cargo",
      ["doc", "--quiet", "--locked", "--no-deps", "-p", "doorcode", "-p", "doorcode-wasm"],
      {
        env: { ...process.env, RUSTDOCFLAGS: "-D warnings" },
      },
    ),
  );
  await step("TypeScript unit and boundary tests", () => npx("vitest", "run", "--project", "unit"));
  await step("The built extension in Chromium and Firefox", () =>
    npx("vitest", "run", "--project", "e2e"),
  );
  if (long) {
    const longNames = ["ten_thousand", "a_million"];
    await step("Long tests of the vault", () =>
      cargo(
        "test",
        "--quiet",
        "--locked",
        "-p",
        "doorcode",
        "--test",
        "vault",
        "--",
        "--ignored",
        ...longNames,
      ),
    );
  }
  if (long) await step("Long tests", () => npx("vitest", "run", "--project", "long"));
});
