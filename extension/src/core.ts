/** The core module, loaded once. Only the background and what stands in for it use this. */

import init, {
  backupNonceBytes,
  readMigration,
  sameSecret,
  saveRandomBytes,
  Vault,
  vaultPresence,
} from "./wasm/core/core";

export type Core = {
  Vault: typeof Vault;
  vaultPresence: typeof vaultPresence;
  saveRandomBytes: typeof saveRandomBytes;
  sameSecret: typeof sameSecret;
  readMigration: typeof readMigration;
  backupNonceBytes: typeof backupNonceBytes;
};

export type { Vault } from "./wasm/core/core";

/** Loads the module from where it was built to, or from its bytes. */
export async function loadCore(module: string | URL | BufferSource): Promise<Core> {
  await init({ module_or_path: module });
  return { Vault, vaultPresence, saveRandomBytes, backupNonceBytes, sameSecret, readMigration };
}
