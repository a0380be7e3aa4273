/** Nothing to show: because nothing is stored yet, or because nothing fits the search. */

import { KeyIcon, PlusIcon, SearchIcon } from "../ui/icons";
import { useServices } from "../ui/services";

type EmptyListProps = { query: string; onAdd: () => void; onScan: () => void };

export function EmptyList({ query, onAdd, onScan }: EmptyListProps) {
  const { openPage, words } = useServices();
  if (query !== "") {
    return (
      <div class="empty">
        <span class="big-mark">
          <SearchIcon size={28} />
        </span>
        <p>{words("nothingFound", { query })}</p>
      </div>
    );
  }
  return (
    <div class="empty">
      <span class="big-mark">
        <KeyIcon size={28} />
      </span>
      <h2>{words("emptyTitle")}</h2>
      <p>{words("emptyText")}</p>
      <button type="button" class="button button-primary" onClick={onAdd}>
        <PlusIcon />
        {words("addFirstEntry")}
      </button>
      <button type="button" class="button" onClick={onScan}>
        {words("scanPage")}
      </button>
      <button type="button" class="button button-quiet" onClick={() => openPage("import")}>
        {words("importOpenPage")}
      </button>
    </div>
  );
}
