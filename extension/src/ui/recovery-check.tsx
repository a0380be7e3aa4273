/** Asking two groups of the recovery code back, so that it is known to be written down. */

import { useState } from "preact/hooks";
import { TextField } from "./field";
import { groupsToAsk, isSameGroup, recoveryGroups } from "./recovery-groups";
import { useServices } from "./services";
import { useFocusInvalid } from "./use-focus-invalid";

type RecoveryCheckProps = {
  recoveryCode: string;
  submitLabel: string;
  busy: boolean;
  onBack: () => void;
  onConfirmed: () => void;
};

export function RecoveryCheck(props: RecoveryCheckProps) {
  const { randomBelow, words } = useServices();
  const groups = recoveryGroups(props.recoveryCode);
  const [asked] = useState(() => groupsToAsk(groups, randomBelow));
  const [typed, setTyped] = useState<[string, string]>(["", ""]);
  // Counts the submissions since the last change; what was not yet submitted is not called wrong.
  const [attempts, setAttempts] = useState(0);
  const form = useFocusInvalid(attempts);
  const fits = asked.map((group, place) => isSameGroup(typed[place] ?? "", groups[group] ?? ""));

  const submit = (event: Event) => {
    event.preventDefault();
    setAttempts(attempts + 1);
    if (fits.every(Boolean) && !props.busy) props.onConfirmed();
  };
  const change = (place: 0 | 1, value: string) => {
    setAttempts(0);
    setTyped(place === 0 ? [value, typed[1]] : [typed[0], value]);
  };
  const wrong = (place: 0 | 1) => {
    const number = asked[place] + 1;
    return typed[place] === ""
      ? words("recoveryGroupMissing", { number })
      : words("recoveryGroupWrong");
  };
  const field = (place: 0 | 1) => (
    <TextField
      label={words("recoveryGroup", { number: asked[place] + 1 })}
      value={typed[place]}
      onInput={(value) => change(place, value)}
      startFocused={place === 0}
      maxLength={8}
      monospace
      error={attempts > 0 && !fits[place] ? wrong(place) : undefined}
    />
  );
  return (
    <form class="stack" ref={form} onSubmit={submit}>
      <div class="field-pair" dir="ltr">
        {field(0)}
        {field(1)}
      </div>
      <div class="button-row">
        <button type="button" class="button" onClick={props.onBack}>
          {words("showCodeAgain")}
        </button>
        <button type="submit" class="button button-primary" aria-disabled={props.busy}>
          {props.busy ? words("working") : props.submitLabel}
        </button>
      </div>
    </form>
  );
}
