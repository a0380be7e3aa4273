/** Runs in a page of the extension: opens the vault from its session as a background does that was killed. */

import { chromePorts } from "../../extension/src/background/chrome-ports";
import { VaultSession } from "../../extension/src/background/vault-session";
import { loadCore } from "../../extension/src/core";
import { measure } from "./measure.mjs";

/** @param {number} rounds */
export async function run(rounds) {
  const core = await loadCore(await (await fetchModule()).arrayBuffer());
  const ports = chromePorts();
  const resume = async () => {
    const vault = await new VaultSession(ports, core, () => undefined).peek();
    if (vault === undefined) throw new Error("the vault is locked");
    vault.free();
  };
  return measure([{ name: "resume", run: resume }], { rounds });
}

/** The module that ships, from the package of the extension. */
function fetchModule() {
  return fetch(chrome.runtime.getURL("core.wasm"));
}
