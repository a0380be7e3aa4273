/** What a new entry learns of whose device it is: from the page, its address, and the tab's sign-in. */

import { isAccount } from "../aws-hosts";
import type { EnrolmentPage } from "../enrolment-hosts";
import type { EntryEdit, EntryView, ImportedEntry } from "../protocol";
import type { EnrolmentTab } from "./enrolment-memory";
import type { TabFacts } from "./tab-memory";

export type EnrolmentIdentity = {
  page: EnrolmentPage;
  /** Account id or alias. */
  account: string | undefined;
  user: string | undefined;
  rootUser: boolean | undefined;
};

/** The page's own words first; then what the same tab told when it signed in. */
export function identityOf(tab: EnrolmentTab, signIn: TabFacts | undefined): EnrolmentIdentity {
  const { page, facts } = tab;
  const before = signIn?.url.kind === page.kind ? signIn : undefined;
  const listed = new Set(facts.serialNumbers.map((arn) => arn.split(":")[4]));
  const [only] = listed.size === 1 ? listed : [];
  const account = facts.account ?? page.account ?? only ?? before?.account ?? before?.url.account;
  const rootUser = facts.rootUser ?? before?.rootUser;
  const user = rootUser === true ? undefined : (facts.user ?? before?.user);
  const known = account !== undefined && isAccount(account) ? account : undefined;
  return { page, account: known, user, rootUser };
}

/** What is added to what the QR code itself says; that is not overruled. */
export function learnt(of: EnrolmentIdentity, label: ImportedEntry): EntryEdit {
  const { page, account, user, rootUser } = of;
  const edit: EntryEdit = { pending: true, partition: page.partition };
  if (page.kind === "identityCenter") {
    edit.identityKind = "identityCenterUser";
    if (page.directory !== undefined) edit.directoryId = page.directory;
    if (label.userName === undefined && isUserName(user)) edit.userName = user;
    return edit;
  }
  const isId = account !== undefined && /^\d{12}$/.test(account);
  if (isId && label.accountId === undefined) edit.accountId = account;
  if (account !== undefined && !isId && label.accountAlias === undefined) {
    edit.accountAlias = account;
  }
  const isRoot = rootUser === true || label.identityKind === "root";
  if (isRoot) edit.identityKind = "root";
  else if (isUserName(user)) Object.assign(edit, { identityKind: "iamUser", userName: user });
  return edit;
}

/** The device of an entry in a page's list of ARNs, once AWS has added it. */
export function serialNumberOf(entry: EntryView, listed: readonly string[]): string | undefined {
  const { deviceName, accountId } = entry;
  if (deviceName === undefined) return undefined;
  return listed.find((arn) => {
    const [, , , , account] = arn.split(":");
    return arn.endsWith(`:mfa/${deviceName}`) && (accountId === undefined || accountId === account);
  });
}

/** What an entry learns from the ARN that AWS gave its device. */
export function learntFrom(serialNumber: string | undefined): EntryEdit {
  const [, partition, , , accountId] = serialNumber?.split(":") ?? [];
  return {
    pending: false,
    ...(partition !== undefined && { partition }),
    ...(accountId !== undefined && { accountId }),
  };
}

/** 1 to 128 characters, none of them a control character (IAM and Identity Center). */
function isUserName(text: string | undefined): text is string {
  return text !== undefined && /^\P{Cc}{1,128}$/u.test(text);
}
