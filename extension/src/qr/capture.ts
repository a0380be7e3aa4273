/** What the tab in front shows, after a gesture that lets the extension see it (`activeTab`). */

/** As a picture. Rejects where the browser shows no page of the web, or without such a gesture. */
export async function captureTab(): Promise<Blob> {
  const address = await chrome.tabs.captureVisibleTab({ format: "png" });
  // The extension's pages may connect nowhere, not even to a `data:` address.
  const base64 = address.slice(address.indexOf(",") + 1);
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new Blob([bytes], { type: "image/png" });
}
