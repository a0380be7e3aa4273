/** The one file that knows how browsers differ. */

/** Opens the popup; where the browser refuses (no window in front), the same page in a tab. */
export async function openPopup(): Promise<void> {
  try {
    await chrome.action.openPopup();
  } catch {
    await chrome.tabs.create({ url: chrome.runtime.getURL("popup.html") });
  }
}

/**
 * Whether a page of the extension can have a passkey. Chromium binds it to the extension; Firefox
 * only to a website (bug 1956484), whose pages could then ask for it.
 */
export function supportsPasskeys(): boolean {
  return extensionOrigin().startsWith("chrome-extension:") && "credentials" in navigator;
}

/** The permissions that clearing the clipboard takes; no other is optional. */
export function clipboardPermissions(): chrome.permissions.Permissions {
  const { optional_permissions } = chrome.runtime.getManifest();
  return { permissions: (optional_permissions ?? []) as chrome.runtime.ManifestPermission[] };
}

/** Clears the clipboard if it holds this text, from a background that no user looks at. */
export async function clearClipboard(text: string): Promise<void> {
  if (!(await chrome.permissions.contains(clipboardPermissions()))) return;
  // Firefox's event page reaches the clipboard; Chromium's worker needs a document for it.
  if ("clipboard" in navigator) {
    if ((await navigator.clipboard.readText()) === text) await navigator.clipboard.writeText("");
    return;
  }
  await chrome.offscreen.createDocument({
    url: "clipboard.html",
    reasons: [chrome.offscreen.Reason.CLIPBOARD],
    justification: "Clears a copied code from the clipboard.",
  });
  try {
    await chrome.runtime.sendMessage({ channel: "clipboard", name: "clear", request: { text } });
  } finally {
    await chrome.offscreen.closeDocument();
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
