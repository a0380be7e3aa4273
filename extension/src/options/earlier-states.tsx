/** Going back to how the vault was before some changes. */

import { useCallback, useEffect, useState } from "preact/hooks";
import type { EarlierView, RestoreView } from "../protocol";
import { FailureNotice } from "../ui/failure-notice";
import { Notice } from "../ui/notice";
import { useServices } from "../ui/services";
import { useAction } from "../ui/use-action";
import { isEmptyPlan, RestorePlan } from "./restore-plan";
import { Section } from "./section";

type Chosen = { rev: number; plan: RestoreView };

export function EarlierStates({ onChanged }: { onChanged: () => Promise<void> }) {
  const { background, words } = useServices();
  const [states, setStates] = useState<readonly EarlierView[]>([]);
  const [chosen, setChosen] = useState<Chosen | undefined>();
  const [done, setDone] = useState(false);
  const action = useAction();
  const reload = useCallback(
    () =>
      background.listEarlier({}).then(
        (listed) => setStates(listed.states),
        () => setStates([]),
      ),
    [background],
  );
  useEffect(() => {
    void reload();
  }, [reload]);

  const look = (rev: number) =>
    action.run(async () => {
      setDone(false);
      setChosen({ rev, plan: await background.planEarlier({ rev }) });
    });
  const goBack = (rev: number) =>
    action.run(async () => {
      await background.restoreEarlier({ rev });
      setChosen(undefined);
      setDone(true);
      await Promise.all([reload(), onChanged()]);
    });
  const name = ({ savedAt, entries }: EarlierView) =>
    savedAt === 0
      ? words("earlierEmpty")
      : words("earlierState", {
          date: words.time(savedAt * 1000),
          entries: words.count("entries", entries),
        });

  return (
    <Section title={words("earlierStates")} fragment="earlier">
      <p>{words("earlierText")}</p>
      {states.length === 0 && <p class="fine-print">{words("earlierNone")}</p>}
      {states.length > 0 && (
        <ul class="plain-list">
          {states.map((state) => (
            <li key={state.rev} class="list-line">
              <span>{name(state)}</span>
              <button type="button" class="button" onClick={() => look(state.rev)}>
                {words("earlierLook")}
              </button>
            </li>
          ))}
        </ul>
      )}
      {chosen && (
        <>
          <RestorePlan plan={chosen.plan} />
          <div class="button-row">
            <button type="button" class="button" onClick={() => setChosen(undefined)}>
              {words("cancel")}
            </button>
            {!isEmptyPlan(chosen.plan) && (
              <button
                type="button"
                class="button button-primary"
                aria-disabled={action.busy}
                onClick={() => goBack(chosen.rev)}
              >
                {words("earlierGoBack")}
              </button>
            )}
          </div>
        </>
      )}
      <FailureNotice failure={action.failure} />
      <div role="status">{done && <Notice tone="info">{words("earlierDone")}</Notice>}</div>
    </Section>
  );
}
