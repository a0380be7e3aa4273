/** One entry of the preview: whose it is, what is unusual about it, what differs. */

import type { ArrivalView } from "../protocol";
import { EntryMark, EntryNames } from "../ui/entry-identity";
import { useWords } from "../ui/services";
import type { Words } from "../words/words";
import type { Item } from "./plan";

type ReviewRowProps = {
  item: Item;
  taken?: boolean | undefined;
  onChoose?: ((ids: readonly number[], take: boolean) => void) | undefined;
};

export function ReviewRow({ item, taken, onChoose }: ReviewRowProps) {
  const words = useWords();
  const { arrival, file, id } = item;
  const { entry } = arrival;
  if (entry === undefined) return null;
  const names = (
    <>
      <EntryMark entry={entry} />
      <span class="import-names">
        <EntryNames entry={entry} />
        {remarksOf(item, words).map((remark) => (
          <span key={remark} class="import-remark">
            {remark}
          </span>
        ))}
        {file.note.endsWith(CUT_MARK) && (
          <span class="import-remark import-cut">{words("importCut")}</span>
        )}
      </span>
    </>
  );
  if (onChoose === undefined) return <li class="import-row">{names}</li>;
  return (
    <li>
      <label class="import-row">
        <input
          type="checkbox"
          checked={taken}
          onChange={({ currentTarget }) => onChoose([id], currentTarget.checked)}
        />
        {names}
      </label>
    </li>
  );
}

/** What the import module ends a note with that it had to cut. */
const CUT_MARK = " […]";
/** More of a note is not shown, in characters. */
const SHOWN_NOTE = 200;

function remarksOf({ arrival, file }: Item, words: Words): string[] {
  const { differences = [], entry, state } = arrival;
  const remarks = differences.map((difference) => differenceWords(difference, words));
  if (state === "repeated") remarks.push(words("importRepeated"));
  if (entry && !isUsual(entry)) {
    const { digits, periodSeconds: seconds } = entry;
    const algorithm = entry.algorithm.replace(/^SHA/, "SHA-");
    remarks.push(words("codeFacts", { algorithm, digits, seconds }));
  }
  const note = file.note.replace(/\s+/g, " ");
  const shown = note.length > SHOWN_NOTE ? `${note.slice(0, SHOWN_NOTE)}…` : note;
  const told = differences.some(({ what }) => what === "note");
  if (note !== "" && !told) remarks.push(words("importNote", { note: shown }));
  return remarks;
}

/** As AWS has them: not worth a word. */
function isUsual({ algorithm, digits, periodSeconds }: NonNullable<ArrivalView["entry"]>): boolean {
  return algorithm === "SHA1" && digits === 6 && periodSeconds === 30;
}

type Difference = NonNullable<ArrivalView["differences"]>[number];

const FIELDS = {
  issuer: "issuer",
  accountName: "accountName",
  algorithm: "importAlgorithm",
  digits: "importDigits",
  period: "importPeriod",
  note: "note",
} as const;

function differenceWords({ what, ours, theirs }: Difference, words: Words): string {
  const value = (text: string) => {
    if (text === "") return words("importNone");
    if (what === "period") return words("importSecondsValue", { seconds: text });
    const line = text.replace(/\s+/g, " ");
    return line.length > SHOWN_NOTE ? `${line.slice(0, SHOWN_NOTE)}…` : line;
  };
  const field = words(FIELDS[what]);
  return words("importDifference", { what: field, ours: value(ours), theirs: value(theirs) });
}
