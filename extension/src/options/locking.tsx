/** When the vault locks by itself. */

import type { Settings } from "../protocol";
import { SelectField, type SelectOption } from "../ui/select-field";
import { useWords } from "../ui/services";
import type { Words } from "../words/words";
import { Section } from "./section";

export type SettingsSectionProps = {
  settings: Settings;
  onChange: (change: Partial<Settings>) => void;
};

const AUTO_LOCK_MINUTES = [0, 1, 5, 15, 30, 60, 240, 480];
const IDLE_LOCK_MINUTES = [0, 1, 2, 5, 10, 15, 30];

function duration(minutes: number, words: Words): string {
  return minutes >= 60 && minutes % 60 === 0
    ? words.count("hours", minutes / 60)
    : words.count("minutes", minutes);
}

/** The choices, with the value in force among them even when it is none of ours. */
function choices(
  minutes: readonly number[],
  current: number,
  zero: string,
  words: Words,
): SelectOption[] {
  return [...new Set([...minutes, current])]
    .sort((a, b) => a - b)
    .map((value) => ({ value: `${value}`, label: value === 0 ? zero : duration(value, words) }));
}

export function Locking({ settings, onChange }: SettingsSectionProps) {
  const words = useWords();
  const { autoLockMinutes, idleLockMinutes } = settings;
  return (
    <Section title={words("locking")} fragment="locking">
      <SelectField
        label={words("autoLock")}
        hint={words("autoLockHint")}
        value={`${autoLockMinutes}`}
        options={choices(AUTO_LOCK_MINUTES, autoLockMinutes, words("afterEachUse"), words)}
        onChange={(value) => onChange({ autoLockMinutes: Number(value) })}
      />
      <SelectField
        label={words("idleLock")}
        hint={words("idleLockHint")}
        value={`${idleLockMinutes}`}
        options={choices(IDLE_LOCK_MINUTES, idleLockMinutes, words("never"), words)}
        onChange={(value) => onChange({ idleLockMinutes: Number(value) })}
      />
    </Section>
  );
}
