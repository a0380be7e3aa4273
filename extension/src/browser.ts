/** The one file that knows how browsers differ. */

/** Opens the popup; where the browser refuses (no window in front), the same page in a tab. */
export async function openPopup(): Promise<void> {
  try {
    await chrome.action.openPopup();
  } catch {
    await chrome.tabs.create({ url: chrome.runtime.getURL("popup.html") });
  }
}

/** The origin of the pages of this extension, for the sender gate. */
export function extensionOrigin(): string {
  return new URL(chrome.runtime.getURL("")).origin;
}

/** The origin of a sender. Firefox leaves `origin` out for some senders; the URL has it too. */
export function originOf(sender: chrome.runtime.MessageSender): string | undefined {
  if (sender.origin !== undefined) return sender.origin;
  return sender.url !== undefined && URL.canParse(sender.url)
    ? new URL(sender.url).origin
    : undefined;
}
