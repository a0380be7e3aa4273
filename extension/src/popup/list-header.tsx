/** Search, and what can be done with the vault. */

import type { RefObject } from "preact";
import { CloseIcon, LockIcon, PlusIcon, SearchIcon, SettingsIcon } from "../ui/icons";
import { useServices } from "../ui/services";

type ListHeaderProps = {
  query: string;
  searchRef: RefObject<HTMLInputElement | null>;
  onQuery: (query: string) => void;
  /** Enter in the search field. */
  onSubmit: () => void;
  onAdd: () => void;
  onLock: () => void;
};

export function ListHeader(props: ListHeaderProps) {
  const { openPage, words } = useServices();
  const submit = (event: Event) => {
    event.preventDefault();
    props.onSubmit();
  };
  const clear = () => {
    props.onQuery("");
    props.searchRef.current?.focus();
  };
  return (
    <header class="list-header">
      <search class="search">
        <form onSubmit={submit}>
          <SearchIcon size={18} />
          <input
            type="text"
            ref={props.searchRef}
            value={props.query}
            placeholder={words("search")}
            aria-label={words("searchEntries")}
            autocomplete="off"
            spellcheck={false}
            enterkeyhint="go"
            onInput={(event) => props.onQuery(event.currentTarget.value)}
          />
          {props.query !== "" && (
            <button type="button" class="search-clear" aria-label={words("clear")} onClick={clear}>
              <CloseIcon size={16} />
            </button>
          )}
        </form>
      </search>
      <IconButton label={words("addEntry")} onClick={props.onAdd}>
        <PlusIcon />
      </IconButton>
      <IconButton label={words("lockNow")} onClick={props.onLock}>
        <LockIcon />
      </IconButton>
      <IconButton label={words("settings")} onClick={() => openPage("options")}>
        <SettingsIcon />
      </IconButton>
    </header>
  );
}

type IconButtonProps = { label: string; onClick: () => void; children: preact.ComponentChildren };

function IconButton({ label, onClick, children }: IconButtonProps) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={onClick}>
      {children}
    </button>
  );
}
