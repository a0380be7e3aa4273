/** The entries of a vault that the reader has opened, see `crate/VAULT.md`, "Records". */

import { base32nopad } from "@scure/base";
import { decode as readCbor } from "cborg";
import { attempt, fail } from "./failure.mjs";

/** The names of the payload's keys, from 1 on. */
const FIELDS =
  `secret algorithm digits periodSeconds counter issuer accountName note pending pinned colour order created
  deleted partition accountId accountAlias principal userName deviceName directoryId`.split(/\s+/);
const ALGORITHMS = [undefined, "SHA1", "SHA256", "SHA512"];
const PRINCIPALS = [undefined, "RootUser", "IamUser", "IdentityCenterUser"];

/** The entries in a body. @param {Buffer} records */
export function readEntries(records) {
  /** @type {Record<string, Record<string, any>>} */
  const entries = {};
  let unreadableEntries = 0;
  for (let at = 0; at < records.length; at += 4 + records.readUInt32LE(at)) {
    const record = records.subarray(at, at + 4 + records.readUInt32LE(at));
    if (record[4] !== 1 || record.readUInt8(5) & 1) continue;
    const [entry] = attempt([record.subarray(41 + 10 * record.readUInt8(40))], readEntry);
    if (entry === undefined) unreadableEntries += 1;
    else entries[record.toString("hex", 6, 22)] = entry;
  }
  return { entries, unreadableEntries };
}

/** @param {Buffer} payload */
function readEntry(payload) {
  const map = readCbor(payload, { useMaps: true });
  const known = FIELDS.map((name, at) => [name, map.get(at + 1)]);
  const entry = Object.fromEntries(known.filter(([, value]) => value !== undefined));
  const { secret, algorithm = 1, digits, periodSeconds, counter, principal } = entry;
  const isOfOneKind = (periodSeconds === undefined) !== (counter === undefined);
  entry.algorithm = ALGORITHMS[algorithm];
  if (!(entry.algorithm && digits && isOfOneKind)) fail("entryUnreadable");
  entry.secret = Buffer.from(secret).toString("hex");
  if (principal !== undefined) entry.principal = PRINCIPALS[principal];
  return entry;
}

/** An entry in the key URI format. @param {Record<string, any>} entry */
export function toUri({ secret, algorithm, digits, periodSeconds, counter, issuer, accountName }) {
  const kind = periodSeconds === undefined ? { counter } : { period: periodSeconds };
  const key = base32nopad.encode(Buffer.from(secret, "hex"));
  const query = { secret: key, algorithm, digits, ...kind, ...(issuer && { issuer }) };
  const parameters = Object.entries(query).map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  );
  const label = [issuer, accountName].filter(Boolean).map(encodeURIComponent).join(":");
  return `otpauth://${counter === undefined ? "totp" : "hotp"}/${label}?${parameters.join("&")}`;
}
