/** A boxed remark: something to know, or something that went wrong. */

import type { ComponentChildren } from "preact";
import { CloseIcon, WarningIcon } from "./icons";
import { useWords } from "./services";

type NoticeProps = {
  tone: "info" | "warning" | "danger";
  children: ComponentChildren;
  /** Read out when it appears. */
  alert?: boolean;
  /** Present when the remark can be put away. */
  onClose?: () => void;
};

export function Notice({ tone, children, alert, onClose }: NoticeProps) {
  const words = useWords();
  return (
    <div class={`notice notice-${tone}`} role={alert ? "alert" : undefined}>
      {tone !== "info" && <WarningIcon />}
      <div class="notice-text">{children}</div>
      {onClose && (
        <button
          type="button"
          class="notice-close"
          aria-label={words("closeMessage")}
          onClick={onClose}
        >
          <CloseIcon size={16} />
        </button>
      )}
    </div>
  );
}
