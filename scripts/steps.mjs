/** Says what is being done, how it went and how long it took; one line a step. */

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A step that failed, with words for the person at the terminal. */
export class StepError extends Error {
  /** @override */
  name = "StepError";
}

/**
 * Runs one step and prints its name, what it tells and its time.
 * @template T
 * @param {string} name
 * @param {() => Promise<T> | T} run
 * @returns {Promise<T>}
 */
export async function step(name, run) {
  const start = performance.now();
  process.stderr.write(`· ${name} …\n`);
  const value = await run();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stderr.write(`✓ ${name} (${seconds} s)\n`);
  return value;
}

/**
 * Runs a command with its output shown, from the top of the repository.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean }} [options] `quiet` keeps the output back until
 *   the command fails
 * @returns {Promise<void>}
 */
export async function run(command, args, { cwd = root, env = process.env, quiet = false } = {}) {
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  /** @type {Buffer[]} */
  const output = [];
  child.stdout?.on("data", (chunk) => output.push(chunk));
  child.stderr?.on("data", (chunk) => output.push(chunk));
  const status = await new Promise((resolve, reject) => {
    child.on("error", (error) =>
      reject(new StepError(`${command} does not start: ${error.message}`)),
    );
    child.on("close", resolve);
  });
  if (status !== 0) {
    process.stderr.write(Buffer.concat(output));
    throw new StepError(`\`${command} ${args.join(" ")}\` ended with status ${status}`);
  }
}

/**
 * Runs the main function of a script: a failed step is told in one line, anything else in full.
 * @param {() => Promise<void>} main
 */
export async function runScript(main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(
      `✗ ${error instanceof StepError ? error.message : /** @type {Error} */ (error).stack}\n`,
    );
    process.exitCode = 1;
  }
}

/** The top of the repository. */
export const root = fileURLToPath(new URL("..", import.meta.url));
