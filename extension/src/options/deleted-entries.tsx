/** What was deleted within the last 30 days. */

import { useCallback, useEffect, useState } from "preact/hooks";
import type { EntryView } from "../entry-view";
import { entryName } from "../list/entry-words";
import { FailureNotice } from "../ui/failure-notice";
import { Notice } from "../ui/notice";
import { useServices } from "../ui/services";
import { useAction } from "../ui/use-action";
import { Section } from "./section";

const KEPT_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

export function DeletedEntries() {
  const { background, clock, words } = useServices();
  const [entries, setEntries] = useState<readonly EntryView[]>([]);
  const [restored, setRestored] = useState<string | undefined>();
  const action = useAction();
  const reload = useCallback(
    () =>
      background.listEntries({}).then(
        (listed) => setEntries(listed.entries.filter(({ deletedAt }) => deletedAt !== undefined)),
        () => setEntries([]),
      ),
    [background],
  );
  useEffect(() => {
    void reload();
  }, [reload]);
  const restore = (entry: EntryView) =>
    action.run(async () => {
      await background.restoreEntry({ entryId: entry.entryId });
      setRestored(entryName(entry, words));
      await reload();
    });
  const daysLeft = ({ deletedAt = 0 }: EntryView) =>
    Math.max(0, Math.ceil(KEPT_DAYS - (clock() - deletedAt * 1000) / DAY_MS));

  return (
    <Section title={words("deletedEntries")} fragment="deleted">
      <p>{words("deletedText")}</p>
      {entries.length === 0 && <p class="fine-print">{words("deletedNone")}</p>}
      {entries.length > 0 && (
        <ul class="plain-list">
          {entries.map((entry) => (
            <li key={entry.entryId} class="list-line">
              <span>
                {entryName(entry, words)}
                <span class="field-hint">{words.count("deletedFor", daysLeft(entry))}</span>
              </span>
              <button
                type="button"
                class="button"
                aria-label={words("restoreEntryNamed", { name: entryName(entry, words) })}
                onClick={() => restore(entry)}
              >
                {words("restoreEntry")}
              </button>
            </li>
          ))}
        </ul>
      )}
      <FailureNotice failure={action.failure} />
      <div role="status">
        {restored && <Notice tone="info">{words("entryRestored", { name: restored })}</Notice>}
      </div>
    </Section>
  );
}
