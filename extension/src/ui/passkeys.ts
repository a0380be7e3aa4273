/**
 * Passkeys by Web Authentication with the PRF extension (Level 3, §10.1.4). No relying-party id: the
 * browser takes the extension itself, so that no website can ask for the passkey.
 */

import { fromBase64Url, toBase64Url } from "../base64url";
import { RequestError } from "../messaging";
import type { PasskeyService } from "./services";

const SALT_BYTES = 32;
/** COSE algorithms (RFC 9053): ES256, EdDSA, RS256. The signature is not looked at. */
const ALGORITHMS = [-7, -8, -257];

export const browserPasskeys: PasskeyService = {
  async make() {
    const salt = random(SALT_BYTES);
    const credential = await asked(
      navigator.credentials.create({
        publicKey: {
          rp: { name: "Doorcode" },
          user: { id: random(16), name: "Doorcode", displayName: "Doorcode" },
          challenge: random(32),
          pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
          authenticatorSelection: {
            residentKey: "discouraged",
            userVerification: "required",
          },
          extensions: { prf: { eval: { first: salt } } },
        },
      }),
    );
    const request = {
      credentialId: toBase64Url(new Uint8Array(credential.rawId)),
      salt: toBase64Url(salt),
    };
    const { prf } = credential.getClientExtensionResults();
    if (!prf?.enabled) throw new RequestError({ kind: "passkeyNoPrf" });
    // Some authenticators only tell when they are asked again.
    const output = prf.results ? bytesOf(prf.results.first) : await browserPasskeys.ask(request);
    return { ...request, output };
  },

  async ask({ credentialId, salt }) {
    const credential = await asked(
      navigator.credentials.get({
        publicKey: {
          challenge: random(32),
          allowCredentials: [{ type: "public-key", id: fromBase64Url(credentialId) }],
          userVerification: "required",
          extensions: { prf: { eval: { first: fromBase64Url(salt) } } },
        },
      }),
    );
    const first = credential.getClientExtensionResults().prf?.results?.first;
    if (first === undefined) throw new RequestError({ kind: "passkeyNoPrf" });
    return bytesOf(first);
  },
};

async function asked(credential: Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const given = await credential;
    if (given instanceof PublicKeyCredential) return given;
  } catch (thrown) {
    const isRefusal = thrown instanceof DOMException && thrown.name === "NotAllowedError";
    throw new RequestError({ kind: isRefusal ? "passkeyCancelled" : "passkeyUnsupported" });
  }
  throw new RequestError({ kind: "passkeyCancelled" });
}

function bytesOf(source: BufferSource): Uint8Array<ArrayBuffer> {
  return source instanceof ArrayBuffer
    ? new Uint8Array(source)
    : new Uint8Array(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength);
}

function random(count: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(count));
}
