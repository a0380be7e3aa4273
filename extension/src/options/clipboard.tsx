/** What becomes of copied codes. */

import { useState } from "preact/hooks";
import { Notice } from "../ui/notice";
import { useServices } from "../ui/services";
import type { SettingsSectionProps } from "./locking";
import { Section } from "./section";

export function Clipboard({ settings, onChange }: SettingsSectionProps) {
  const { allowClipboard, words } = useServices();
  const [refused, setRefused] = useState(false);
  const choose = async (box: HTMLInputElement) => {
    const wanted = box.checked;
    const allowed = await allowClipboard(wanted);
    setRefused(wanted && !allowed);
    box.checked = allowed;
    onChange({ clearClipboard: allowed });
  };
  return (
    <Section title={words("copiedCodes")} fragment="copied-codes">
      <label class="check">
        <input
          type="checkbox"
          checked={settings.clearClipboard}
          onChange={(event) => choose(event.currentTarget)}
        />
        <span>
          {words("clearClipboard")}
          <span class="field-hint">{words("clearClipboardHint")}</span>
        </span>
      </label>
      {refused && (
        <Notice tone="warning" alert>
          {words("clipboardRefused")}
        </Notice>
      )}
    </Section>
  );
}
