/** The preview: what each entry would be. Nothing is saved before the user agrees. */

import { DropZone } from "../ui/drop-zone";
import { StepHeading } from "../ui/heading";
import { Notice } from "../ui/notice";
import { PartitionField } from "../ui/partition-field";
import { useServices, useWords } from "../ui/services";
import { formatName } from "./formats";
import { chosenOf, type Plan, withoutPartition } from "./plan";
import { RefusedGroup } from "./refused-group";
import { ReviewGroup } from "./review-group";
import type { Piece, ReadPiece } from "./use-files";
import type { Planning } from "./use-plan";

type ReviewProps = {
  read: readonly ReadPiece[];
  planning: Planning;
  onPieces: (pieces: Piece[]) => void;
  onStartOver: () => void;
};

export function Review({ read, planning, onPieces, onStartOver }: ReviewProps) {
  const { words } = useServices();
  const { action, choose, choosePartition, partition, plan, save, taken } = planning;
  const count = plan === undefined ? 0 : chosenOf(plan, taken).length;
  const lacking = plan === undefined ? 0 : withoutPartition(plan).length;
  const isEmpty = read.every(({ entries, refused }) => entries.length + refused.length === 0);
  const saveOnce = () => {
    if (count > 0) void save();
  };
  return (
    <>
      <section class="page-card" aria-busy={plan === undefined}>
        <StepHeading level={2}>{words("importPreview")}</StepHeading>
        <ul class="plain-list">
          {read.map(({ name, format, entries, refused }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: files are only added
            <li key={at} class="list-line">
              <span class="clip-late">
                {words("importFile", { name, program: formatName(format, words) })}
              </span>
              <span class="import-count">
                {words.count("importFileEntries", entries.length + refused.length)}
              </span>
            </li>
          ))}
        </ul>
        {read.map(
          ({ name, guessedColumn: column }) =>
            column !== undefined && (
              <Notice key={name} tone="warning">
                {words("importGuessed", { column })}
              </Notice>
            ),
        )}
        {plan && <Totals plan={plan} />}
        {isEmpty && <Notice tone="warning">{words("importNothing")}</Notice>}
        <DropZone
          compact
          text={words("importMore")}
          onFiles={(files) => onPieces(files.map((blob) => ({ name: blob.name, blob })))}
        />
      </section>
      {lacking > 0 && (
        <section class="page-card">
          <PartitionField
            value={partition}
            hint={words.count("importPartition", lacking)}
            onChange={choosePartition}
          />
        </section>
      )}
      {plan && (
        <>
          <ReviewGroup
            title={words.count("importNew", plan.fresh.length)}
            items={plan.fresh}
            taken={taken}
            onChoose={choose}
          />
          <ReviewGroup
            title={words.count("importDeleted", plan.deleted.length)}
            items={plan.deleted}
            taken={taken}
            onChoose={choose}
          />
          <ReviewGroup
            title={words.count("importChanged", plan.changed.length)}
            text={words("importChangedText")}
            items={plan.changed}
            taken={taken}
            onChoose={choose}
          />
          <RefusedGroup plan={plan} />
          <ReviewGroup
            title={words.count("importSame", plan.same.length)}
            items={plan.same}
            folded
          />
        </>
      )}
      <div class="import-agree">
        <button type="button" class="button" onClick={onStartOver}>
          {words("importStartOver")}
        </button>
        <button
          type="button"
          class="button button-primary"
          aria-disabled={action.busy || count === 0}
          onClick={saveOnce}
        >
          {action.busy && <span class="progress" />}
          {count === 0 ? words("importSaveNothing") : words.count("importSave", count)}
        </button>
      </div>
    </>
  );
}

/** How many meet which fate. */
function Totals({ plan }: { plan: Plan }) {
  const words = useWords();
  const totals = [
    ["importNew", plan.fresh.length],
    ["importDeleted", plan.deleted.length],
    ["importChanged", plan.changed.length],
    ["importRefused", plan.refusedByVault.length + plan.refusedByFile.length],
    ["importSame", plan.same.length],
  ] as const;
  const some = totals.filter(([, count]) => count > 0);
  if (some.length < 2) return null;
  return (
    <ul class="import-totals">
      {some.map(([key, count]) => (
        <li key={key}>{words.count(key, count)}</li>
      ))}
    </ul>
  );
}
