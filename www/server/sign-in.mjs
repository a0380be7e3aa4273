/**
 * The back end of the sign-in pages: password first, then a code, then the console.
 *
 * The texts are those that AWS is reported to show. A ticket stands for what AWS keeps in cookies and encrypted
 * parameters between the steps.
 */
import { randomUUID } from "node:crypto";
import { portalStart, regionalConsoleHost } from "./hosts.mjs";

/**
 * @typedef {import('./accounts.mjs').SimulatedAccount} SimulatedAccount
 * @typedef {import('./accounts.mjs').SimulatedDirectory} SimulatedDirectory
 * @typedef {import('./accounts.mjs').SimulatedUser} SimulatedUser
 * @typedef {import('./accounts.mjs').Partition} Partition
 * @typedef {import('./judge.mjs').Refusal} Refusal
 *
 * @typedef {object} Principal who signs in
 * @property {'iam' | 'root' | 'directory'} kind
 * @property {Partition} partition
 * @property {string} scope the account id, or the directory id
 * @property {string | undefined} alias
 * @property {SimulatedUser} user
 *
 * @typedef {object} AcceptedSignIn
 * @property {'iam' | 'root' | 'directory'} kind
 * @property {Partition} partition
 * @property {string} scope the account id, or the directory id
 * @property {string} userName
 * @property {number | undefined} step the time step of the accepted code; absent without MFA
 * @property {number} unixSeconds by the server's clock
 *
 * @typedef {{ kind: 'iam', account: string, userName: string, password: string }
 *   | { kind: 'root', email: string, password: string }
 *   | { kind: 'directory', directory: string, userName: string, password: string }} PasswordRequest
 * @typedef {{ ticket: string, code: string }} CodeRequest
 *
 * @typedef {{ next: 'mfa', ticket: string, methods: string[] }
 *   | { next: 'done', location: string }
 *   | { next: 'again', error: string, reason?: Refusal, suggestResync: boolean }} SignInReply
 */

/** Reported for a wrong password and a wrong code alike (LazaroOnline/UserScripts-Corp, 2024). */
export const WRONG_INFORMATION = "Your authentication information is incorrect. Please try again.";
const EXPIRED = "Your session has expired. Please sign in again.";

export class SignInService {
  /** Sign-ins that were accepted, oldest first. @type {AcceptedSignIn[]} */
  signIns = [];
  /** @type {Map<string, Principal>} */
  #waitingForCode = new Map();
  /** @type {Map<string, Principal>} */
  #authorizationCodes = new Map();
  /** @type {Map<string, Principal>} */
  #sessions = new Map();
  #unixSeconds;

  /**
   * @param {object} world
   * @param {SimulatedAccount[]} world.accounts
   * @param {SimulatedDirectory[]} world.directories
   * @param {() => number} world.unixSeconds the server's clock
   */
  constructor({ accounts, directories, unixSeconds }) {
    this.accounts = accounts;
    this.directories = directories;
    this.#unixSeconds = unixSeconds;
  }

  /**
   * The password step.
   * @param {PasswordRequest} request
   * @param {Partition} partition of the host that was asked
   * @returns {SignInReply}
   */
  password(request, partition) {
    const principal = this.#find(request, partition);
    if (!principal || principal.user.password !== request.password) {
      return { next: "again", error: WRONG_INFORMATION, suggestResync: false };
    }
    if (principal.user.devices.length === 0) {
      return this.#finish(principal, undefined);
    }
    const ticket = randomUUID();
    this.#waitingForCode.set(ticket, principal);
    return {
      next: "mfa",
      ticket,
      methods: principal.user.hasPasskey ? ["FIDO", "SWHW"] : ["SWHW"],
    };
  }

  /**
   * The MFA step. The user chose a kind of device, not a device: any of the user's authenticator apps may answer
   * (IAM user guide, `console_sign-in-mfa`).
   * @param {CodeRequest} request
   * @returns {SignInReply}
   */
  code({ ticket, code }) {
    const principal = this.#waitingForCode.get(ticket);
    if (!principal) {
      return { next: "again", error: EXPIRED, suggestResync: false };
    }
    const verdicts = principal.user.devices.map((device) =>
      device.judgeSignIn(code, this.#unixSeconds()),
    );
    for (const verdict of verdicts) {
      if (verdict.accepted) {
        this.#waitingForCode.delete(ticket);
        return this.#finish(principal, verdict.steps[0]);
      }
    }
    const refusal = verdicts.find((verdict) => !verdict.accepted);
    return {
      next: "again",
      error: WRONG_INFORMATION,
      ...(refusal ? { reason: refusal.reason } : {}),
      suggestResync: refusal?.suggestResync ?? false,
    };
  }

  /**
   * Exchanges the code that the console got in its address for a session, once.
   * @param {string} authorizationCode
   * @returns {string | undefined} the session's id
   */
  redeem(authorizationCode) {
    const principal = this.#authorizationCodes.get(authorizationCode);
    if (!principal || !this.#authorizationCodes.delete(authorizationCode)) {
      return undefined;
    }
    const session = randomUUID();
    this.#sessions.set(session, principal);
    return session;
  }

  /**
   * Who a session belongs to.
   * @param {string | undefined} session
   */
  principalOf(session) {
    return session === undefined ? undefined : this.#sessions.get(session);
  }

  /**
   * Who has given the password but no code yet.
   * @param {string} ticket
   */
  principalWaiting(ticket) {
    return this.#waitingForCode.get(ticket);
  }

  /**
   * @param {Principal} principal
   * @param {number | undefined} step
   * @returns {SignInReply}
   */
  #finish(principal, step) {
    const { kind, partition, scope, user } = principal;
    this.signIns.push({
      kind,
      partition,
      scope,
      userName: user.userName,
      step,
      unixSeconds: this.#unixSeconds(),
    });
    const authorizationCode = randomUUID();
    this.#authorizationCodes.set(authorizationCode, principal);
    const start =
      kind === "directory"
        ? portalStart({ partition, directoryId: scope })
        : `https://${regionalConsoleHost(partition)}/console/home`;
    return { next: "done", location: `${start}?code=${authorizationCode}` };
  }

  /**
   * @param {PasswordRequest} request
   * @param {Partition} partition
   * @returns {Principal | undefined}
   */
  #find(request, partition) {
    if (request.kind === "directory") {
      return this.#findInDirectory(request, partition);
    }
    const accounts = this.accounts.filter((account) => account.partition === partition);
    if (request.kind === "root") {
      const account = accounts.find(({ root }) => root?.userName === request.email);
      return account?.root && principalIn(account, "root", account.root);
    }
    const account = accounts.find(({ accountId, alias }) =>
      [accountId, alias].includes(request.account),
    );
    const user = account?.users.find(({ userName }) => userName === request.userName);
    return account && user && principalIn(account, "iam", user);
  }

  /**
   * @param {Extract<PasswordRequest, { kind: 'directory' }>} request
   * @param {Partition} partition
   * @returns {Principal | undefined}
   */
  #findInDirectory(request, partition) {
    const directory = this.directories.find(
      (candidate) =>
        candidate.partition === partition && candidate.directoryId === request.directory,
    );
    const user = directory?.users.find(({ userName }) => userName === request.userName);
    return directory && user
      ? { kind: "directory", partition, scope: directory.directoryId, alias: directory.alias, user }
      : undefined;
  }
}

/**
 * @param {SimulatedAccount} account
 * @param {'iam' | 'root'} kind
 * @param {SimulatedUser} user
 * @returns {Principal}
 */
function principalIn({ partition, accountId, alias }, kind, user) {
  return { kind, partition, scope: accountId, alias, user };
}
