/** What the formats are called that the import module names. */

import type { Words } from "../words/words";

/** Programs by how the names of their formats begin; the first that fits. Names are not translated. */
const PROGRAMS: readonly [string, string][] = [
  ["google-authenticator", "Google Authenticator"],
  ["aegis", "Aegis"],
  ["2fas", "2FAS"],
  ["bitwarden", "Bitwarden"],
  ["authenticator", "Authenticator Extension"],
  ["1password", "1Password"],
  ["proton-authenticator", "Proton Authenticator"],
  ["proton-pass", "Proton Pass"],
  ["ente", "Ente Auth"],
  ["keepassxc", "KeePassXC"],
  ["apple", "Apple Passwords"],
  ["lastpass", "LastPass"],
  ["dashlane", "Dashlane"],
  ["stratum", "Stratum"],
  ["andotp", "andOTP"],
  ["freeotp-plus", "FreeOTP+"],
  ["raivo", "Raivo"],
  ["duo", "Duo Mobile"],
];

export function formatName(format: string, words: Words): string {
  const program = PROGRAMS.find(([start]) => format.startsWith(start));
  if (program) return program[1];
  if (format.startsWith("zip")) return words("importFormatArchive");
  return words(format === "csv" ? "importFormatTable" : "importFormatOtpauth");
}

/** All of them in one line. */
export function programNames(words: Words): string {
  const names = PROGRAMS.map(([, name]) => name);
  return new Intl.ListFormat(words.locale, { type: "conjunction" }).format(names);
}
