/** Decides from whom a message comes before anything in it is looked at. */

import { type AwsPage, awsPageOf } from "../aws-hosts";
import { extensionOrigin, originOf } from "../browser";

/** An AWS page, as the browser (not the page) tells. */
export type ContentSender = { tabId: number; documentId: string | undefined; page: AwsPage };

/** A page of the extension itself: popup, options, first run. */
export function isOwnPage(sender: chrome.runtime.MessageSender): boolean {
  return sender.id === chrome.runtime.id && originOf(sender) === extensionOrigin();
}

/** The content script in the top frame of an AWS page; `undefined` for any other sender. */
export function contentSenderOf(sender: chrome.runtime.MessageSender): ContentSender | undefined {
  const tabId = sender.tab?.id;
  if (sender.id !== chrome.runtime.id || tabId === undefined || sender.frameId !== 0)
    return undefined;
  const page = awsPageOf(sender.url ?? "");
  if (page === undefined || originOf(sender) !== `https://${page.host}`) return undefined;
  return { tabId, documentId: sender.documentId, page };
}
