/** Finds a real Chromium or Firefox, or installs one where that is a matter of one command. */
import { spawn } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { StepError } from "./steps.mjs";

/**
 * @typedef {'chromium' | 'firefox'} BrowserName
 * @typedef {object} Place where to look, and how to install
 * @property {string} title
 * @property {string[]} commands names in PATH, the best first
 * @property {Partial<Record<NodeJS.Platform, string[]>>} paths where installers put it
 * @property {string} debianPackage
 * @property {Partial<Record<NodeJS.Platform, string>>} install what a person types
 */

/**
 * Branded Chrome is not looked for: since version 137 it ignores `--load-extension`.
 * @type {Record<BrowserName, Place>}
 */
const PLACES = {
  chromium: {
    title: "Chromium",
    commands: ["chromium", "chromium-browser"],
    paths: {
      darwin: ["/Applications/Chromium.app/Contents/MacOS/Chromium"],
      linux: ["/snap/bin/chromium", "/usr/lib/chromium/chromium"],
      win32: ["C:\\Program Files\\Chromium\\Application\\chrome.exe"],
    },
    debianPackage: "chromium",
    install: {
      darwin: "brew install --cask chromium",
      linux: "sudo apt-get update && sudo apt-get install -y chromium",
      win32: "winget install --id Hibbiki.Chromium",
    },
  },
  firefox: {
    title: "Firefox",
    commands: ["firefox-esr", "firefox", "firefox-developer-edition"],
    paths: {
      darwin: ["/Applications/Firefox.app/Contents/MacOS/firefox"],
      linux: ["/usr/lib/firefox-esr/firefox-esr", "/usr/lib/firefox/firefox", "/snap/bin/firefox"],
      win32: ["C:\\Program Files\\Mozilla Firefox\\firefox.exe"],
    },
    debianPackage: "firefox-esr",
    install: {
      darwin: "brew install --cask firefox",
      linux: "sudo apt-get update && sudo apt-get install -y firefox-esr",
      win32: "winget install --id Mozilla.Firefox.ESR",
    },
  },
};

/** No such browser, and it cannot be installed from here. */
export class BrowserMissingError extends StepError {
  /**
   * @param {BrowserName} browser
   * @param {string} command what to type
   * @param {string} [reason]
   */
  constructor(browser, command, reason) {
    super(
      `${PLACES[browser].title} was not found${reason ? `, and ${reason}` : ""}. Install it with: ${command}`,
    );
    this.name = "BrowserMissingError";
    this.browser = browser;
    this.command = command;
  }
}

/**
 * @param {BrowserName} name
 * @param {{ env?: NodeJS.ProcessEnv, platform?: NodeJS.Platform }} [machine]
 * @returns {Promise<string>} an absolute path
 * @throws {BrowserMissingError}
 */
export async function findBrowser(name, { env = process.env, platform = process.platform } = {}) {
  const place = PLACES[name];
  const suffix = platform === "win32" ? ".exe" : "";
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const inPath = place.commands.flatMap((command) =>
    folders.map((folder) => join(folder, command + suffix)),
  );
  for (const candidate of [...inPath, ...(place.paths[platform] ?? [])]) {
    if (await isExecutable(candidate)) {
      return candidate;
    }
  }
  throw new BrowserMissingError(
    name,
    place.install[platform] ?? `your system's installer for ${place.title}`,
  );
}

/**
 * Finds the browser, or installs it from the distribution's own packages on Debian and its kin when run as root.
 * @param {BrowserName} name
 * @param {{ say?: (line: string) => void }} [options] `say` is told what happens
 * @returns {Promise<string>} an absolute path
 * @throws {BrowserMissingError}
 */
export async function findOrInstallBrowser(name, { say = console.log } = {}) {
  try {
    return await findBrowser(name);
  } catch (error) {
    if (!(error instanceof BrowserMissingError) || !(await canUseApt())) {
      throw error;
    }
    const { debianPackage, title } = PLACES[name];
    say(`${title} was not found: installing the package ${debianPackage}`);
    for (const command of [
      ["update"],
      ["install", "-y", "--no-install-recommends", debianPackage],
    ]) {
      const status = await run("apt-get", command);
      if (status !== 0) {
        throw new BrowserMissingError(
          name,
          error.command,
          `apt-get ${command[0]} ended with status ${status}`,
        );
      }
    }
    return findBrowser(name);
  }
}

async function canUseApt() {
  return process.getuid?.() === 0 && (await isExecutable("/usr/bin/apt-get"));
}

/**
 * Runs a command whose output the user sees.
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<number>} its exit status
 */
function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    child.once("error", reject);
    child.once("close", (status) => resolve(status ?? 1));
  });
}

/** @param {string} path */
function isExecutable(path) {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
