/** The vault is there and open: the first entry, and where to find Doorcode from now on. */

import { useEffect, useState } from "preact/hooks";
import type { EntryView } from "../entry-view";
import { AddEntryForm } from "../ui/add-entry-form";
import { EntryMark, EntryNames } from "../ui/entry-identity";
import { keptEntries } from "../ui/entry-words";
import { StepHeading } from "../ui/heading";
import { CheckIcon } from "../ui/icons";
import { useServices } from "../ui/services";
import { Steps } from "./steps";

type Shown = { state: "form" } | { state: "done"; added: EntryView | undefined };

export function FirstEntry() {
  const { background, openPage, words } = useServices();
  const [shown, setShown] = useState<Shown | undefined>();
  useEffect(() => {
    background.listEntries({}).then(
      ({ entries }) => {
        const added = keptEntries(entries).at(-1);
        setShown(added === undefined ? { state: "form" } : { state: "done", added });
      },
      () => setShown({ state: "form" }),
    );
  }, [background]);

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
            onAdded={(added) => setShown({ state: "done", added })}
            onCancel={() => setShown({ state: "done", added: undefined })}
            cancelLabel={words("later")}
          />
          <button
            type="button"
            class="button button-quiet button-start"
            onClick={() => openPage("import")}
          >
            {words("importOpenPage")}
          </button>
        </section>
      </>
    );
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
        <li>{words("donePin")}</li>
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
