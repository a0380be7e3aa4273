/** Entries of the preview that would meet the same fate, with a choice for each and for all. */

import { useId } from "preact/hooks";
import { useWords } from "../ui/services";
import { useGrowingList } from "../ui/use-growing-list";
import type { Item } from "./plan";
import { ReviewRow } from "./review-row";

type ReviewGroupProps = {
  title: string;
  text?: string;
  items: readonly Item[];
  /** Shown on demand. */
  folded?: boolean;
  /** Without these there is nothing to choose. */
  taken?: ReadonlySet<number>;
  onChoose?: (ids: readonly number[], take: boolean) => void;
};

export function ReviewGroup(props: ReviewGroupProps) {
  const { title, text, items, folded, taken, onChoose } = props;
  const words = useWords();
  const id = useId();
  const { drawn, end } = useGrowingList(items, title, 0);
  if (items.length === 0) return null;
  const count = items.filter((item) => taken?.has(item.id)).length;
  const list = (
    <ul class="import-list" tabIndex={onChoose ? undefined : 0}>
      {drawn.map((item) => (
        <ReviewRow key={item.id} item={item} taken={taken?.has(item.id)} onChoose={onChoose} />
      ))}
      {end && <li ref={end} />}
    </ul>
  );
  if (folded) {
    return (
      <section class="page-card page-help">
        <details>
          <summary>
            <h2>{title}</h2>
          </summary>
          {list}
        </details>
      </section>
    );
  }
  return (
    <section class="page-card import-group" aria-labelledby={id}>
      <div class="list-line">
        <h2 id={id}>{title}</h2>
        {onChoose && (
          <label class="check">
            <span>{words("importAll")}</span>
            <input
              type="checkbox"
              checked={count === items.length}
              ref={(box) => {
                if (box) box.indeterminate = count > 0 && count < items.length;
              }}
              onChange={({ currentTarget }) =>
                onChoose(
                  items.map((item) => item.id),
                  currentTarget.checked,
                )
              }
            />
          </label>
        )}
      </div>
      {text && <p class="field-hint">{text}</p>}
      {list}
    </section>
  );
}
