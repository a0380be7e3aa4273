/** Below the list: what is seldom wanted. */

import { useWords } from "../ui/services";

type ListFootProps = {
  /** The user gave the entries an order, which can be given up. */
  ordered: boolean;
  onOrderByName: () => void;
  onShortcuts: () => void;
};

export function ListFoot({ ordered, onOrderByName, onShortcuts }: ListFootProps) {
  const words = useWords();
  return (
    <div class="list-foot">
      {ordered && (
        <button type="button" class="button button-quiet" onClick={onOrderByName}>
          {words("orderByName")}
        </button>
      )}
      <button type="button" class="button button-quiet" onClick={onShortcuts}>
        {words("shortcuts")}
      </button>
    </div>
  );
}
