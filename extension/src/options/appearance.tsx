/** Light or dark, and how the list shows its entries. */

import type { Settings } from "../protocol";
import { useWords } from "../ui/services";
import type { SettingsSectionProps } from "./locking";
import { Section } from "./section";

export function Appearance({ settings, onChange }: SettingsSectionProps) {
  const words = useWords();
  const themes: { value: Settings["theme"]; label: string }[] = [
    { value: "system", label: words("themeSystem") },
    { value: "light", label: words("themeLight") },
    { value: "dark", label: words("themeDark") },
  ];
  return (
    <Section title={words("appearance")} fragment="appearance">
      <fieldset class="choice">
        <legend>{words("theme")}</legend>
        <div class="choice-options">
          {themes.map(({ value, label }) => (
            <label key={value}>
              <input
                type="radio"
                name="theme"
                value={value}
                checked={settings.theme === value}
                onChange={() => onChange({ theme: value })}
              />
              <span>{label}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <label class="check">
        <input
          type="checkbox"
          checked={settings.hideCodes}
          onChange={(event) => onChange({ hideCodes: event.currentTarget.checked })}
        />
        <span>
          {words("hideCodes")}
          <span class="field-hint">{words("hideCodesHint")}</span>
        </span>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={settings.groupByAccount}
          onChange={(event) => onChange({ groupByAccount: event.currentTarget.checked })}
        />
        <span>
          {words("groupByAccount")}
          <span class="field-hint">{words("groupByAccountHint")}</span>
        </span>
      </label>
    </Section>
  );
}
