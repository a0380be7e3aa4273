/** The screen that scans what the tab in front shows. Opening the popup is the gesture that allows it. */

import { useCallback, useEffect, useState } from "preact/hooks";
import type { EntryView } from "../entry-view";
import { failureOf } from "../messaging";
import type { Failure, NewEntry, TabEnrolment } from "../protocol";
import { failureWords } from "../ui/failure-words";
import { Notice } from "../ui/notice";
import { ScanResults } from "../ui/scan-results";
import { useServices } from "../ui/services";
import { ScreenHeader } from "./screen-header";
import type { UnlockedAction } from "./unlocked-state";

type ScanTabProps = {
  /** The tab in front has boxes for the codes of a new device. */
  enrolment: TabEnrolment | undefined;
  dispatch: (action: UnlockedAction) => void;
  onAdded: (entry: EntryView) => void;
};

type Found = { texts: string[] } | { failure: Failure } | undefined;

export function ScanTab({ enrolment, dispatch, onAdded }: ScanTabProps) {
  const { background, captureTab, closePopup, openPage, readPicture, words } = useServices();
  const [found, setFound] = useState<Found>();
  const scan = useCallback(() => {
    setFound(undefined);
    captureTab()
      .then(readPicture)
      .then(
        (texts) => setFound({ texts }),
        (thrown) => setFound({ failure: failureOf(thrown) }),
      );
  }, [captureTab, readPicture]);
  useEffect(scan, [scan]);

  const save = enrolment && {
    label: words("scanSaveAndFill"),
    run: async (entry: NewEntry) => {
      const { tabId } = enrolment;
      const added = await background.enrolEntry({ entry, tabId });
      closePopup();
      return added.entry;
    },
  };
  return (
    <>
      <ScreenHeader
        title={words("scanPage")}
        onBack={() => dispatch({ type: "screenChosen", screen: { name: "list" } })}
      />
      <div class="screen" aria-busy={found === undefined}>
        {found === undefined && <p role="status">{words("scanning")}</p>}
        {found && "failure" in found && (
          <Notice tone="danger" alert>
            {failureWords(found.failure, words)}
          </Notice>
        )}
        {found && "texts" in found && (
          <ScanResults texts={found.texts} save={save} onAdded={onAdded} />
        )}
        {found && !("texts" in found && found.texts.length > 0) && (
          <button type="button" class="button button-primary" onClick={scan}>
            {words("scanAgain")}
          </button>
        )}
        <button type="button" class="button" onClick={() => openPage("scan")}>
          {words("scanOther")}
        </button>
      </div>
    </>
  );
}
