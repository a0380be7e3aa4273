/** The words of the extension, in the browser's language. */

import { type Words, wordsFrom } from "./words";

export function extensionWords(): Words {
  return wordsFrom(
    (key, substitutions) => chrome.i18n.getMessage(key, substitutions),
    chrome.i18n.getMessage("languageTag"),
    chrome.i18n.getMessage("@@bidi_dir") === "rtl" ? "rtl" : "ltr",
  );
}
