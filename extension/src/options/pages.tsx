/** What Doorcode does on AWS pages. */

import { useWords } from "../ui/services";
import type { SettingsSectionProps } from "./locking";
import { Section } from "./section";

export function Pages({ settings, onChange }: SettingsSectionProps) {
  const words = useWords();
  return (
    <Section title={words("onPages")} fragment="pages">
      <label class="check">
        <input
          type="checkbox"
          checked={settings.offerInPage}
          onChange={(event) => onChange({ offerInPage: event.currentTarget.checked })}
        />
        <span>
          {words("offerInPage")}
          <span class="field-hint">{words("offerInPageHint")}</span>
        </span>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={settings.submitAfterFill}
          onChange={(event) => onChange({ submitAfterFill: event.currentTarget.checked })}
        />
        <span>
          {words("submitAfterFill")}
          <span class="field-hint">{words("submitAfterFillHint")}</span>
        </span>
      </label>
    </Section>
  );
}
