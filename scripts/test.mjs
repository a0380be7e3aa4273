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

const denyWarnings = ["--", "-D", "warnings"];

await runScript(async () => {
  await setUp();
  const { findOrInstallBrowser } = await import("./browser.mjs");
  await step("Looking for Chromium and Firefox", async () => {
    await findOrInstallBrowser("chromium");
    await findOrInstallBrowser("firefox");
  });

  await step("Formatting and lints: Rust", async () => {
    await cargo("fmt", "--all", "--check");
    await cargo("clippy", "--quiet", "--locked", "--workspace", "--all-targets", ...denyWarnings);
    for (const module of ["core", "import", "kdf", "qr"]) {
      const target = ["--target", "wasm32-unknown-unknown", "--features", module];
      await cargo(
        "clippy",
        "--quiet",
        "--locked",
        "-p",
        "doorcode-wasm",
        ...target,
        ...denyWarnings,
      );
    }
  });
  await step("Formatting and lints: TypeScript", () => npx("biome", "ci", "."));

  const { buildWasm } = await import("./build-wasm.mjs");
  const { buildExtension } = await import("./build-extension.mjs");
  await step("Building the WebAssembly modules", buildWasm);
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
