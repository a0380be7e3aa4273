/** Has the background say what was read would be in the vault, and saves it when the user agrees. */

import { useCallback, useEffect, useState } from "preact/hooks";
import { failureOf, maxMessageLength, RequestError } from "../messaging";
import type { FileEntry, ImportUndo } from "../protocol";
import { useServices } from "../ui/services";
import { type Action, useAction } from "../ui/use-action";
import { chosenOf, entriesOf, type Plan, planOf, takenAtFirst, toSave } from "./plan";
import type { ReadPiece } from "./use-files";

/** Almost all AWS accounts are in it. It is shown, and the user may choose another. */
const USUAL_PARTITION = "aws";

/** What was saved. */
export type Saved = { entries: number; undo: ImportUndo };

export type Planning = {
  plan: Plan | undefined;
  taken: ReadonlySet<number>;
  /** Of the AWS entries whose partition nobody knows; empty when it stays unknown. */
  partition: string;
  saved: Saved | undefined;
  action: Action;
  /** Takes these entries, or leaves them out. */
  choose: (ids: readonly number[], take: boolean) => void;
  choosePartition: (partition: string) => void;
  save: () => Promise<void>;
  forget: () => void;
};

export function usePlan(read: readonly ReadPiece[], onLocked: () => Promise<void>): Planning {
  const { background } = useServices();
  const [plan, setPlan] = useState<Plan>();
  const [taken, setTaken] = useState<ReadonlySet<number>>(new Set());
  const [partition, choosePartition] = useState(USUAL_PARTITION);
  const [saved, setSaved] = useState<Saved>();
  const action = useAction();
  const { run } = action;

  const ask = useCallback(async () => {
    const entries = entriesOf(read);
    checkSize(entries);
    const answer = await background.planImport({ entries });
    const next = planOf(read, answer.rev, answer.entries);
    setPlan(next);
    setTaken(takenAtFirst(next));
  }, [background, read]);

  /** Runs what the vault must be open for; when it is not, the page asks to unlock it. */
  const guarded = useCallback(
    (work: () => Promise<void>) =>
      run(() =>
        work().catch(async (thrown) => {
          if (failureOf(thrown).kind === "locked") await onLocked();
          throw thrown;
        }),
      ),
    [run, onLocked],
  );

  useEffect(() => {
    setPlan(undefined);
    if (read.length > 0) void guarded(ask);
  }, [read, guarded, ask]);

  const choose = useCallback((ids: readonly number[], take: boolean) => {
    setTaken((before) => {
      const after = new Set(before);
      for (const id of ids) {
        if (take) after.add(id);
        else after.delete(id);
      }
      return after;
    });
  }, []);

  const save = () =>
    guarded(async () => {
      if (plan === undefined) return ask();
      const entries = chosenOf(plan, taken).map((item) => toSave(item, partition));
      checkSize(entries);
      try {
        const { undo } = await background.importEntries({ rev: plan.rev, entries });
        setSaved({ entries: entries.length, undo });
      } catch (thrown) {
        if (failureOf(thrown).kind === "planOutdated") await ask();
        throw thrown;
      }
    });

  const forget = () => {
    setPlan(undefined);
    setSaved(undefined);
    choosePartition(USUAL_PARTITION);
    action.forgive();
  };
  return { plan, taken, partition, saved, action, choose, choosePartition, save, forget };
}

/** Room for what a message has beside its entries, in characters. */
const MARGIN = 1000;

/** What does not go into one message does not go into a vault either. */
function checkSize(entries: readonly FileEntry[]): void {
  if (JSON.stringify(entries).length > maxMessageLength("page") - MARGIN)
    throw new RequestError({ kind: "importTooMuch" });
}
