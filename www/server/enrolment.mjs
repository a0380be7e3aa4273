/**
 * The back end of the pages on which a virtual MFA device is made, assigned and resynchronised.
 *
 * Sources: botocore IAM model (CreateVirtualMFADevice, EnableMFADevice, ResyncMFADevice and their errors); the console's
 * own calls as sentialabs/coto coto/clients/iam.py made them (2021); Rookiestyle/KeePassOTP issue 35 for the texts.
 * A device that was made but not assigned stays behind under its name (IAM user guide, troubleshooting).
 */
import { Secret } from "otpauth";
import { findUser } from "./accounts.mjs";
import { MfaDevice } from "./judge.mjs";

/**
 * @typedef {import('./accounts.mjs').SimulatedAccount} SimulatedAccount
 * @typedef {import('./accounts.mjs').SimulatedDirectory} SimulatedDirectory
 * @typedef {import('./accounts.mjs').SimulatedUser} SimulatedUser
 * @typedef {{ scope: string, userName: string }} Who
 *
 * @typedef {{ who: Who, deviceName: string }} CreateRequest
 * @typedef {{ ok: true, serialNumber: string, base32StringSeed: string, uri: string } | Refused} CreateReply
 * @typedef {{ who: Who, serialNumber: string, codes: string[] }} AssignRequest
 * @typedef {{ ok: true } | Refused} AssignReply
 * @typedef {{ ok: false, code: string, message: string }} Refused `code` is an error code of the IAM API
 *
 * @typedef {{ who: Who, serialNumber: string, steps: number[], unixSeconds: number }} Enrolment what was accepted
 */

/** AWS allows eight MFA devices for a user or the root user (IAM user guide). */
const MAX_DEVICES = 8;
const IAM_SECRET_BYTES = 40;
const IDENTITY_CENTER_SECRET_BYTES = 20;
const IAM_ISSUER = "Amazon Web Services";
const IDENTITY_CENTER_ISSUER = "AWS SSO";

export class EnrolmentService {
  /** Devices that were assigned, oldest first. @type {Enrolment[]} */
  enrolments = [];
  /** Devices that were made but not assigned, by serial number. @type {Map<string, MfaDevice>} */
  #unassigned = new Map();
  #world;
  #unixSeconds;

  /**
   * @param {{ accounts: SimulatedAccount[], directories: SimulatedDirectory[], unixSeconds: () => number }} world
   */
  constructor({ accounts, directories, unixSeconds }) {
    this.#world = { accounts, directories };
    this.#unixSeconds = unixSeconds;
  }

  /**
   * @param {CreateRequest} request
   * @returns {CreateReply}
   */
  create({ who, deviceName }) {
    const user = findUser(this.#world, who);
    const account = this.#world.accounts.find(({ accountId, alias }) =>
      [accountId, alias].includes(who.scope),
    );
    if (user.devices.length >= MAX_DEVICES) {
      return refused("LimitExceeded", `A user can have at most ${MAX_DEVICES} MFA devices.`);
    }
    if (!/^[\w+=,.@-]{1,64}$/.test(deviceName)) {
      return refused("ValidationError", "The device name has characters that are not allowed.");
    }
    const serialNumber = account
      ? `arn:${account.partition}:iam::${account.accountId}:mfa/${deviceName}`
      : `directory:${who.userName}/${deviceName}`;
    if (this.#isTaken(serialNumber)) {
      return refused("EntityAlreadyExists", "MFA device already exists.");
    }
    const size = account ? IAM_SECRET_BYTES : IDENTITY_CENTER_SECRET_BYTES;
    const device = new MfaDevice({ serialNumber, secret: new Secret({ size }).base32 });
    this.#unassigned.set(serialNumber, device);
    const uri = account
      ? keyUri(IAM_ISSUER, `${deviceName}@${account.alias ?? account.accountId}`, device.secret)
      : keyUri(IDENTITY_CENTER_ISSUER, encodeURIComponent(who.userName), device.secret);
    return { ok: true, serialNumber, base32StringSeed: device.secret, uri };
  }

  /**
   * Two codes assign a device in IAM, one in Identity Center.
   * @param {AssignRequest} request
   * @returns {AssignReply}
   */
  assign({ who, serialNumber, codes }) {
    const device = this.#unassigned.get(serialNumber);
    if (!device) {
      return refused("NoSuchEntity", "The MFA device does not exist.");
    }
    const now = this.#unixSeconds();
    const [first = "", second] = codes;
    const verdict = serialNumber.startsWith("arn:")
      ? device.judgeEnrolment(first, second ?? "", now)
      : device.judgeRegistration(first, now);
    if (!verdict.accepted) {
      return refused("InvalidAuthenticationCode", "Authentication code for device is not valid.");
    }
    this.#unassigned.delete(serialNumber);
    findUser(this.#world, who).devices.push(device);
    this.enrolments.push({ who, serialNumber, steps: verdict.steps, unixSeconds: now });
    return { ok: true };
  }

  /**
   * @param {AssignRequest} request
   * @returns {AssignReply}
   */
  resync({ who, serialNumber, codes }) {
    const device = findUser(this.#world, who).devices.find(
      (each) => each.serialNumber === serialNumber,
    );
    const [first = "", second = ""] = codes;
    return device?.judgeResync(first, second, this.#unixSeconds()).accepted
      ? { ok: true }
      : refused("InvalidAuthenticationCode", "Authentication code for device is not valid.");
  }

  /**
   * The serial numbers of a user's devices.
   * @param {Who} who
   */
  devices(who) {
    return findUser(this.#world, who).devices.map(({ serialNumber }) => serialNumber);
  }

  /**
   * The ARN of a user, or of the root user, as the credentials page prints it.
   * @param {Who} who
   */
  userArn({ scope, userName }) {
    const account = this.#world.accounts.find(({ accountId, alias }) =>
      [accountId, alias].includes(scope),
    );
    if (!account) {
      throw new RangeError(`no account is called ${scope}`);
    }
    const { partition, accountId, root } = account;
    const resource = root?.userName === userName ? "root" : `user/${userName}`;
    return `arn:${partition}:iam::${accountId}:${resource}`;
  }

  /** @param {string} serialNumber */
  #isTaken(serialNumber) {
    const assigned = this.#world.accounts
      .flatMap(({ users, root }) => [...users, ...(root ? [root] : [])])
      .flatMap(({ devices }) => devices);
    return (
      this.#unassigned.has(serialNumber) ||
      assigned.some((device) => device.serialNumber === serialNumber)
    );
  }
}

/**
 * A key URI as AWS prints it: no algorithm, digits or period, hence SHA-1, 6 and 30 s.
 * @param {string} issuer
 * @param {string} accountName
 * @param {string} secret
 */
function keyUri(issuer, accountName, secret) {
  const name = encodeURIComponent(issuer);
  return `otpauth://totp/${name}:${accountName}?secret=${secret}&issuer=${name}`;
}

/**
 * @param {string} code
 * @param {string} message
 * @returns {Refused}
 */
function refused(code, message) {
  return { ok: false, code, message };
}
