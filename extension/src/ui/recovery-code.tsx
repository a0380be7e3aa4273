/** The recovery code, shown once: to copy or to print. */

import { useState } from "preact/hooks";
import { CheckIcon, CopyIcon, PrintIcon } from "./icons";
import { recoveryGroups } from "./recovery-groups";
import { useServices } from "./services";

export function RecoveryCode({ recoveryCode }: { recoveryCode: string }) {
  const { copyText, printPage, words } = useServices();
  const [copied, setCopied] = useState(false);
  const groups = recoveryGroups(recoveryCode);
  const copy = async () => {
    await copyText(groups.join(" "));
    setCopied(true);
  };
  return (
    <div class="recovery">
      <ol class="recovery-groups" dir="ltr" aria-label={words("recoveryCode")}>
        {groups.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place in the code
          <li key={index}>
            <span class="recovery-index" aria-hidden="true">
              {index + 1}
            </span>
            <code>{group}</code>
          </li>
        ))}
      </ol>
      <p class="print-only">{words("recoveryPrintNote")}</p>
      <div class="button-row no-print">
        <button type="button" class="button" onClick={copy}>
          {copied ? <CheckIcon /> : <CopyIcon />}
          {words(copied ? "copied" : "copy")}
        </button>
        <button type="button" class="button" onClick={printPage}>
          <PrintIcon />
          {words("print")}
        </button>
      </div>
      <p class="visually-hidden" role="status">
        {copied ? words("recoveryCodeCopied") : ""}
      </p>
    </div>
  );
}
