/**
 * What a fresh clone needs before anything can be built: node modules and the Rust target.
 * Uses Node alone, because nothing else is there yet.
 */

import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { root, run, StepError, step } from "./steps.mjs";

const WASM_TARGET = "wasm32-unknown-unknown";

/** Brings the clone to where `build` works. Does nothing when everything is there. */
export async function setUp() {
  checkNode();
  if (isOlder(join(root, "node_modules/.package-lock.json"), join(root, "package-lock.json"))) {
    // Not `npm ci`: it refuses a lock file that leaves out optional packages for other systems.
    await step("Installing node modules", () =>
      run("npm", ["install", "--no-save", "--no-audit", "--no-fund"]),
    );
  }
  checkCargo();
  if (!hasWasmTarget()) {
    await step(`Adding the Rust target ${WASM_TARGET}`, () =>
      run("rustup", ["target", "add", WASM_TARGET]),
    );
  }
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new StepError(
      `Node ${process.versions.node} is too old: install Node 20.19 or later from https://nodejs.org`,
    );
  }
}

function checkCargo() {
  try {
    execFileSync("cargo", ["--version"], { stdio: "ignore" });
  } catch {
    throw new StepError(
      "Rust is not installed. Install it from https://rustup.rs, then run this command again.",
    );
  }
}

function hasWasmTarget() {
  const sysroot = execFileSync("rustc", ["--print", "sysroot"], { encoding: "utf8" }).trim();
  return existsSync(join(sysroot, "lib/rustlib", WASM_TARGET, "lib"));
}

/** @param {string} made @param {string} source */
function isOlder(made, source) {
  return !existsSync(made) || statSync(made).mtimeMs < statSync(source).mtimeMs;
}
