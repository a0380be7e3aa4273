/**
 * The made-up accounts of the simulated AWS. Account ids are of the kind the AWS documentation uses for examples;
 * secrets are readable text in base32, of the lengths that AWS uses (40 bytes for IAM, 20 bytes for Identity Center).
 */
import { Secret } from "otpauth";
import { BUILDER_ID_DIRECTORY } from "./hosts.mjs";
import { MfaDevice } from "./judge.mjs";

/**
 * @typedef {'aws' | 'aws-us-gov' | 'aws-cn' | 'aws-eusc'} Partition
 *
 * @typedef {object} SimulatedUser
 * @property {string} userName IAM user name, root e-mail address, or Identity Center user name
 * @property {string} password
 * @property {MfaDevice[]} devices virtual MFA devices
 * @property {boolean} hasPasskey whether the page asks which kind of device to use
 *
 * @typedef {object} SimulatedAccount
 * @property {Partition} partition
 * @property {string} accountId 12 digits
 * @property {string | undefined} alias
 * @property {SimulatedUser | undefined} root absent where AWS has no root sign-in to the console (GovCloud, China)
 * @property {SimulatedUser[]} users IAM users
 *
 * @typedef {object} SimulatedDirectory an Identity Center directory, or the one of Builder ID
 * @property {Partition} partition
 * @property {string} directoryId
 * @property {string | undefined} alias
 * @property {SimulatedUser[]} users
 */

/** The password of every simulated user. */
export const DEMO_PASSWORD = "made-up-password";

const IAM_SECRET_BYTES = 40;
const IDENTITY_CENTER_SECRET_BYTES = 20;

/**
 * A secret that anybody can see is made up: its owner's name, filled with full stops.
 * @param {string} owner
 * @param {number} bytes
 */
export function madeUpSecret(owner, bytes = IAM_SECRET_BYTES) {
  return Secret.fromUTF8(`made up: ${owner}`.padEnd(bytes, ".").slice(0, bytes)).base32;
}

/**
 * Fresh accounts: no code has been spent.
 * @returns {{ accounts: SimulatedAccount[], directories: SimulatedDirectory[] }}
 */
export function makeAccounts() {
  return {
    accounts: [
      {
        partition: "aws",
        accountId: "111122223333",
        alias: "example-corp",
        root: iamUser("aws", "111122223333", "root@example.com", {
          deviceName: "root-account-mfa-device",
        }),
        users: [
          iamUser("aws", "111122223333", "alice"),
          iamUser("aws", "111122223333", "bob", { hasPasskey: true }),
          iamUser("aws", "111122223333", "carol", { enrolled: false }),
        ],
      },
      {
        partition: "aws",
        accountId: "444455556666",
        alias: undefined,
        root: iamUser("aws", "444455556666", "billing@example.com", {
          deviceName: "root-account-mfa-device",
        }),
        users: [iamUser("aws", "444455556666", "alice")],
      },
      {
        partition: "aws-us-gov",
        accountId: "777788889999",
        alias: "example-agency",
        root: undefined,
        users: [iamUser("aws-us-gov", "777788889999", "alice")],
      },
      {
        partition: "aws-cn",
        accountId: "222233334444",
        alias: "example-china",
        root: undefined,
        users: [iamUser("aws-cn", "222233334444", "alice")],
      },
      {
        partition: "aws-eusc",
        accountId: "555566667777",
        alias: "example-europe",
        root: undefined,
        users: [iamUser("aws-eusc", "555566667777", "alice")],
      },
    ],
    directories: [
      {
        partition: "aws-us-gov",
        directoryId: "d-9876543210",
        alias: "example-agency",
        users: [directoryUser("alice")],
      },
      {
        partition: "aws",
        directoryId: "d-1234567890",
        alias: "example-corp",
        users: [directoryUser("alice"), directoryUser("carol", { enrolled: false })],
      },
      {
        partition: "aws",
        directoryId: BUILDER_ID_DIRECTORY,
        alias: "view",
        users: [
          directoryUser("dev@example.com"),
          directoryUser("new@example.com", { enrolled: false }),
        ],
      },
    ],
  };
}

/**
 * Every user of the accounts and directories that `scope` names, or of all of them.
 * @param {{ accounts: SimulatedAccount[], directories: SimulatedDirectory[] }} world
 * @param {string} [scope] an account id, an alias, or a directory id
 * @returns {SimulatedUser[]}
 */
export function allUsers({ accounts, directories }, scope) {
  return [
    ...accounts
      .filter(({ accountId, alias }) => scope === undefined || [accountId, alias].includes(scope))
      .flatMap((account) => [...account.users, ...(account.root ? [account.root] : [])]),
    ...directories
      .filter(({ directoryId }) => scope === undefined || directoryId === scope)
      .flatMap((directory) => directory.users),
  ];
}

/**
 * @param {{ accounts: SimulatedAccount[], directories: SimulatedDirectory[] }} world
 * @param {{ scope: string, userName: string }} who the scope is an account id, an alias, or a directory id
 * @returns {SimulatedUser}
 */
export function findUser(world, { scope, userName }) {
  const user = allUsers(world, scope).find((candidate) => candidate.userName === userName);
  if (!user) {
    throw new RangeError(`nobody is called ${userName} in ${scope}`);
  }
  return user;
}

/**
 * @param {Partition} partition
 * @param {string} accountId
 * @param {string} userName
 * @param {{ deviceName?: string, hasPasskey?: boolean, enrolled?: boolean }} [options]
 * @returns {SimulatedUser}
 */
function iamUser(
  partition,
  accountId,
  userName,
  { deviceName = userName, hasPasskey = false, enrolled = true } = {},
) {
  const device = new MfaDevice({
    serialNumber: `arn:${partition}:iam::${accountId}:mfa/${deviceName}`,
    secret: madeUpSecret(`${userName} in ${accountId}`),
  });
  return { userName, password: DEMO_PASSWORD, devices: enrolled ? [device] : [], hasPasskey };
}

/**
 * @param {string} userName
 * @param {{ enrolled?: boolean }} [options]
 * @returns {SimulatedUser}
 */
function directoryUser(userName, { enrolled = true } = {}) {
  const device = new MfaDevice({
    serialNumber: `directory:${userName}`,
    secret: madeUpSecret(userName, IDENTITY_CENTER_SECRET_BYTES),
  });
  return {
    userName,
    password: DEMO_PASSWORD,
    devices: enrolled ? [device] : [],
    hasPasskey: false,
  };
}
