/**
 * Finds the one new entry in what a page shows: the QR code, and the secret key beside it. Both are
 * passing through; an entry is made of them or nothing is.
 */

import type { Core } from "../core";
import type { NewEntry, PagePicture } from "../protocol";

/** Why nothing is scanned: what the offer says then. */
export type ScanProblem =
  | "enrolNoCode"
  | "enrolOtherCode"
  | "enrolSeveral"
  | "enrolMismatch"
  | "enrolUnusable"
  | "enrolNotSaved"
  | "enrolReadOnly";

export type Scan = { entry: NewEntry } | { problem: ScanProblem };

/** Reads the texts of all QR codes in a picture. */
export type ReadQrCodes = (picture: PagePicture) => Promise<string[]>;

/** Under which issuer the key alone is kept: what IAM and Identity Center write into their codes. */
export type IssuerOfPage = "Amazon Web Services" | "AWS SSO";

export async function scan(
  core: Pick<Core, "sameSecret">,
  readQrCodes: ReadQrCodes,
  shown: { pictures: PagePicture[]; secretKey?: string | undefined },
  names: { issuer: IssuerOfPage; accountName: string },
): Promise<Scan> {
  const texts: string[] = [];
  for (const picture of shown.pictures) {
    texts.push(...(await readQrCodes(picture)));
    if (texts.some(isKeyUri)) break;
  }
  const uris = [...new Set(texts.filter(isKeyUri))];
  const { secretKey } = shown;
  const [uri] = uris;
  if (uris.length > 1) return { problem: "enrolSeveral" };
  if (uri === undefined) {
    if (secretKey !== undefined) return { entry: { kind: "secretKey", secretKey, ...names } };
    return { problem: texts.length > 0 ? "enrolOtherCode" : "enrolNoCode" };
  }
  const entry: NewEntry = { kind: "keyUri", uri };
  if (secretKey !== undefined && !agree(core, entry, { kind: "secretKey", secretKey, ...names })) {
    return { problem: "enrolMismatch" };
  }
  return { entry };
}

function isKeyUri(text: string): boolean {
  return /^otpauth:\/\//i.test(text);
}

/** Whether code and key hold one secret. What is no key after all speaks against nothing. */
function agree(core: Pick<Core, "sameSecret">, code: NewEntry, key: NewEntry): boolean {
  try {
    return core.sameSecret(code, key);
  } catch {
    return true;
  }
}
