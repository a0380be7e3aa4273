/** What a restore would do, entry by entry, before it is done. */

import { entryName } from "../list/entry-words";
import type { RestoreView } from "../protocol";
import { useWords } from "../ui/services";

type RestorePlanProps = { plan: RestoreView };

export function RestorePlan({ plan }: RestorePlanProps) {
  const words = useWords();
  const parts = [
    { title: words.count("restoreAdds", plan.add.length), entries: plan.add },
    { title: words.count("restoreChanges", plan.change.length), entries: plan.change },
    { title: words.count("restoreDeletes", plan.delete.length), entries: plan.delete },
  ];
  return (
    <div class="stack stack-tight">
      {parts
        .filter(({ entries }) => entries.length > 0)
        .map(({ title, entries }) => (
          <div key={title}>
            <h3>{title}</h3>
            <ul class="plain-list">
              {entries.map((entry, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a plan does not change
                <li key={index}>{entryName(entry, words)}</li>
              ))}
            </ul>
          </div>
        ))}
      <p>{words.count("restoreKeeps", plan.keep)}</p>
    </div>
  );
}

/** Whether it would do nothing. */
export function isEmptyPlan({ add, change, delete: deleted }: RestoreView): boolean {
  return add.length + change.length + deleted.length === 0;
}
