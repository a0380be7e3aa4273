/** The vault is there and open: the first entry, and where to find Doorcode from now on. */

import { useCallback, useEffect, useState } from "preact/hooks";
import type { EntryView } from "../entry-view";
import { keptEntries } from "../list/entry-words";
import { AddEntryForm } from "../ui/add-entry-form";
import { EntryMark, EntryNames } from "../ui/entry-identity";
import { StepHeading } from "../ui/heading";
import { CheckIcon } from "../ui/icons";
import { useServices } from "../ui/services";
import { PinStep } from "./pin-step";
import { Steps } from "./steps";

type Shown =
  | { state: "form" }
  | { state: "pin"; added: EntryView | undefined }
  | { state: "done"; added: EntryView | undefined; pinned: boolean };

export function FirstEntry() {
  const { background, isPinned, openPage, words } = useServices();
  const [shown, setShown] = useState<Shown | undefined>();
  // Where the browser does not say, the last step has the advice.
  const goOn = useCallback(
    async (added: EntryView | undefined) => {
      const pinned = await isPinned();
      setShown(pinned === false ? { state: "pin", added } : doneWith(added, pinned === true));
    },
    [isPinned],
  );
  useEffect(() => {
    background.listEntries({}).then(
      ({ entries }) => {
        const added = keptEntries(entries).at(-1);
        if (added === undefined) setShown({ state: "form" });
        else void goOn(added);
      },
      () => setShown({ state: "form" }),
    );
  }, [background, goOn]);

  if (shown === undefined) return <section class="page-card" aria-busy="true" />;
  if (shown.state === "form") {
    return (
      <>
        <Steps current={3} />
        <section class="page-card">
          <StepHeading>{words("firstEntryTitle")}</StepHeading>
          <p class="lead">{words("firstEntryText")}</p>
          <AddEntryForm
            startFocused={false}
            onAdded={goOn}
            onCancel={() => goOn(undefined)}
            cancelLabel={words("later")}
          />
          <div class="button-row">
            <button type="button" class="button" onClick={() => openPage("scan")}>
              {words("scanOther")}
            </button>
            <button type="button" class="button" onClick={() => openPage("import")}>
              {words("importOpenPage")}
            </button>
          </div>
        </section>
      </>
    );
  }
  if (shown.state === "pin") {
    const { added } = shown;
    return <PinStep onDone={async () => setShown(doneWith(added, (await isPinned()) === true))} />;
  }
  return (
    <section class="page-card">
      <span class="big-mark big-mark-good">
        <CheckIcon size={32} />
      </span>
      <StepHeading>{words("doneTitle")}</StepHeading>
      {shown.added && (
        <div class="preview">
          <div class="entry-line">
            <EntryMark entry={shown.added} />
            <EntryNames entry={shown.added} />
          </div>
        </div>
      )}
      <ul class="advice">
        {!shown.pinned && <li>{words("donePin")}</li>}
        <li>{words("doneSignIn")}</li>
        <li>{words("doneLock")}</li>
      </ul>
      <div class="button-row">
        <button type="button" class="button" onClick={() => openPage("options")}>
          {words("settings")}
        </button>
        <button
          type="button"
          class="button button-primary"
          onClick={() => setShown({ state: "form" })}
        >
          {words(shown.added ? "addAnother" : "addFirstEntry")}
        </button>
      </div>
    </section>
  );
}

function doneWith(added: EntryView | undefined, pinned: boolean): Shown {
  return { state: "done", added, pinned };
}
