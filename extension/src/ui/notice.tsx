/** A boxed remark: something to know, or something that went wrong. */

import type { ComponentChildren } from "preact";
import { WarningIcon } from "./icons";

type NoticeProps = {
  tone: "info" | "warning" | "danger";
  children: ComponentChildren;
  /** Read out when it appears. */
  alert?: boolean;
};

export function Notice({ tone, children, alert }: NoticeProps) {
  return (
    <div class={`notice notice-${tone}`} role={alert ? "alert" : undefined}>
      {tone !== "info" && <WarningIcon />}
      <div class="notice-text">{children}</div>
    </div>
  );
}
