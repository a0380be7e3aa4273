/**
 * Chromium's way to the clipboard for a service worker: a document that nobody sees. Without the
 * focus only the commands of editing reach it.
 */

import { type Envelope, parseEnvelope } from "../messaging";

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  const envelope = parseEnvelope(message);
  if (sender.id !== chrome.runtime.id || envelope?.channel !== "clipboard") return false;
  clear(envelope);
  reply({ ok: true, value: {} });
  return false;
});

/** Clears the clipboard if it holds the text of the request. */
function clear({ request }: Envelope): void {
  const { text } = request as { text: string };
  const area = document.querySelector("textarea");
  area?.focus();
  document.execCommand("paste");
  if (area?.value !== text) return;
  document.addEventListener("copy", (event) => {
    event.preventDefault();
    event.clipboardData?.setData("text/plain", "");
  });
  document.execCommand("copy");
}
