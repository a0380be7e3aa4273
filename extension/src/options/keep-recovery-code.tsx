/** Shows a new recovery code, asks it back, and puts it in force only then. */

import { useState } from "preact/hooks";
import { Notice } from "../ui/notice";
import { RecoveryCheck } from "../ui/recovery-check";
import { RecoveryCode } from "../ui/recovery-code";
import { useWords } from "../ui/services";

type KeepRecoveryCodeProps = {
  recoveryCode: string;
  submitLabel: string;
  busy: boolean;
  /** Why it could not be put in force. */
  failure: string | undefined;
  onCancel: () => void;
  onKept: () => void;
};

export function KeepRecoveryCode({
  recoveryCode,
  submitLabel,
  busy,
  failure,
  onCancel,
  onKept,
}: KeepRecoveryCodeProps) {
  const words = useWords();
  const [written, setWritten] = useState(false);
  if (!written) {
    return (
      <>
        <p>{words("newRecoveryShown")}</p>
        <RecoveryCode recoveryCode={recoveryCode} />
        <div class="button-row no-print">
          <button type="button" class="button" onClick={onCancel}>
            {words("cancel")}
          </button>
          <button type="button" class="button button-primary" onClick={() => setWritten(true)}>
            {words("writtenDown")}
          </button>
        </div>
      </>
    );
  }
  return (
    <>
      <p>{words("checkRecoveryText")}</p>
      <RecoveryCheck
        recoveryCode={recoveryCode}
        submitLabel={submitLabel}
        busy={busy}
        onBack={() => setWritten(false)}
        onConfirmed={onKept}
      />
      {failure && (
        <Notice tone="danger" alert>
          {failure}
        </Notice>
      )}
    </>
  );
}
