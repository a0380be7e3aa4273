/** What the page asks of its Worker. Secrets travel as bytes, so that both ends can wipe them. */

import type { KeyService, PasskeyRequest } from "../key-service";
import type { StoredPair } from "../protocol";

type Bytes = Uint8Array<ArrayBuffer>;

/** What proves the right to open the vault; UTF-8 bytes of the passphrase, or the code as typed. */
export type SecretBytes =
  | { kind: "passphrase"; bytes: Bytes }
  | { kind: "recoveryCode"; text: string };

export type WithSecret = { headers: StoredPair; secret: SecretBytes };
type WithPassphrase = { headers: StoredPair; passphrase: Bytes };

export type KdfRequest =
  | { name: "makeVault"; passphrase: Bytes }
  | ({ name: "unlock" | "prove" | "replaceRecoveryCode" } & WithSecret)
  | ({ name: "changePassphrase"; next: Bytes } & WithSecret)
  | ({ name: "rotateKey" | "makeBackupKey" | "removePasskey" } & WithPassphrase)
  | { name: "unlockBackup"; file: Bytes; passphrase: Bytes }
  | { name: "passkeyRequest"; headers: StoredPair }
  | { name: "unlockWithPasskey"; headers: StoredPair; output: Bytes }
  | ({ name: "addPasskey"; passkey: PasskeyRequest; output: Bytes } & WithPassphrase);

/** What each answers: the same as the service that asks. */
export type KdfResults = { [Name in keyof KeyService]: Awaited<ReturnType<KeyService[Name]>> };

/** The request of a name. */
export type Of<Name extends KdfRequest["name"]> = KdfRequest & { name: Name };

/** The secrets in a request: moved to the Worker, and wiped there. */
export function secretsOf(request: KdfRequest): Bytes[] {
  const secrets: Bytes[] = [];
  if ("passphrase" in request) secrets.push(request.passphrase);
  if ("next" in request) secrets.push(request.next);
  if ("output" in request) secrets.push(request.output);
  if ("secret" in request && request.secret.kind === "passphrase") {
    secrets.push(request.secret.bytes);
  }
  return secrets;
}
