/** The entries of the preview that cannot be taken, each with the reason. */

import { useId } from "preact/hooks";
import { entryName } from "../list/entry-words";
import { useWords } from "../ui/services";
import { useGrowingList } from "../ui/use-growing-list";
import type { Plan } from "./plan";
import { refusalWords, refusedName } from "./refusal-words";

export function RefusedGroup({ plan }: { plan: Plan }) {
  const words = useWords();
  const id = useId();
  const refused = [
    ...plan.refusedByVault.map(({ arrival }) => ({
      name: arrival.entry ? entryName(arrival.entry, words) : "",
      reason: arrival.reason ?? "",
    })),
    ...plan.refusedByFile.map((entry) => ({
      name: refusedName(entry, words),
      reason: entry.reason,
    })),
  ];
  const { drawn, end } = useGrowingList(refused, "refused", 0);
  if (refused.length === 0) return null;
  return (
    <section class="page-card import-group" aria-labelledby={id}>
      <h2 id={id}>{words.count("importRefused", refused.length)}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached by the keyboard */}
      <ul class="import-list" tabIndex={0}>
        {drawn.map(({ name, reason }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list does not change
          <li key={at} class="import-row">
            <span class="import-names">
              <span class="entry-title clip">
                <bdi>{name}</bdi>
              </span>
              <span class="import-remark">{refusalWords(reason, words)}</span>
            </span>
          </li>
        ))}
        {end && <li ref={end} />}
      </ul>
    </section>
  );
}
