import { spawn } from "node:child_process";
import { once } from "node:events";
import { removeFreshProfiles } from "./profile.mjs";
import { waitUntil, within } from "./wait.mjs";

const LAUNCH_TIMEOUT_MS = 30_000;
const END_TIMEOUT_MS = 10_000;

/** Browsers that are alive; they do not outlive this process. @type {Set<import('node:child_process').ChildProcess>} */
const alive = new Set();

function endAll() {
  for (const child of alive) {
    child.kill("SIGKILL");
  }
  removeFreshProfiles();
}
process.once("exit", endAll);
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.once(signal, () => {
    endAll();
    // This listener took the signal's usual effect away; it is given back unless somebody else handles it.
    if (process.listenerCount(signal) === 0) {
      process.kill(process.pid, signal);
    }
  });
}

/**
 * Starts a browser and waits for the line that names its remote end.
 * @param {string} executablePath
 * @param {string[]} args
 * @param {RegExp} announcement whose first group is the address
 */
export async function startBrowserProcess(executablePath, args, announcement) {
  const child = spawn(executablePath, args, { stdio: ["ignore", "ignore", "pipe"] });
  alive.add(child);
  child.once("exit", () => alive.delete(child));
  let output = "";
  child.stderr.on("data", (data) => {
    output = (output + data).slice(-10_000);
  });
  /** @type {Error | undefined} */
  let failure;
  child.once("error", (error) => {
    failure = error;
  });
  const end = async () => {
    if (child.exitCode === null && child.signalCode === null && failure === undefined) {
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    }
  };
  try {
    const address = await waitUntil(
      () => {
        if (failure || child.exitCode !== null) {
          return { ended: true, url: "" };
        }
        const url = output.match(announcement)?.[1];
        return url !== undefined && { ended: false, url };
      },
      { what: `${executablePath} to start`, timeoutMs: LAUNCH_TIMEOUT_MS, seen: () => output },
    );
    if (address.ended) {
      throw new Error(`${executablePath} did not start: ${failure?.message ?? output}`);
    }
    return {
      address: address.url,
      /** Settles when the browser has ended, by itself or by its user. @type {Promise<void>} */
      ended: new Promise((resolve) => child.once("exit", () => resolve())),
      /**
       * Lets the browser end by itself after `ask`, and ends it by force when it does not.
       * @param {() => Promise<unknown>} ask
       */
      async close(ask) {
        /** @type {Promise<unknown>} */
        const exited = child.exitCode === null ? once(child, "exit") : Promise.resolve();
        await ask().catch(() => {});
        await within(exited, { what: "the browser to end", timeoutMs: END_TIMEOUT_MS }).catch(
          () => {},
        );
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}
