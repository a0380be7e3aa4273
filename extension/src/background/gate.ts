/** Decides from whom a message comes before anything in it is looked at. */

import { type AwsPage, awsPageOf } from "../aws-hosts";
import { extensionOrigin, originOf } from "../browser";
import { type EnrolmentPage, enrolmentPageOf } from "../enrolment-hosts";

/** An AWS page, as the browser (not the page) tells. */
export type ContentSender = { tabId: number; documentId: string | undefined; page: AwsPage };

/** A page on which AWS enrols devices. */
export type EnrolmentSender = {
  tabId: number;
  documentId: string | undefined;
  page: EnrolmentPage;
};

/** A page of the extension itself: popup, options, first run. */
export function isOwnPage(sender: chrome.runtime.MessageSender): boolean {
  return sender.id === chrome.runtime.id && originOf(sender) === extensionOrigin();
}

/** The content script in the top frame of an AWS page; `undefined` for any other sender. */
export function contentSenderOf(sender: chrome.runtime.MessageSender): ContentSender | undefined {
  return senderOf(sender, awsPageOf);
}

/** The same where devices are enrolled. */
export function enrolmentSenderOf(
  sender: chrome.runtime.MessageSender,
): EnrolmentSender | undefined {
  return senderOf(sender, enrolmentPageOf);
}

function senderOf<Page extends { host: string }>(
  sender: chrome.runtime.MessageSender,
  pageOf: (url: string) => Page | undefined,
): { tabId: number; documentId: string | undefined; page: Page } | undefined {
  const tabId = sender.tab?.id;
  if (sender.id !== chrome.runtime.id || tabId === undefined || sender.frameId !== 0)
    return undefined;
  const page = pageOf(sender.url ?? "");
  if (page === undefined || originOf(sender) !== `https://${page.host}`) return undefined;
  return { tabId, documentId: sender.documentId, page };
}
