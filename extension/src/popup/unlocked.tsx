/** The unlocked popup: one of its screens, and what is said below or above it. */

import { useState } from "preact/hooks";
import { accountsOf } from "../accounts";
import type { EntryView } from "../entry-view";
import { nameAmong } from "../list/entry-words";
import type {
  LoadReport,
  PopupView,
  RescueView,
  Settings,
  UnlockedVault,
  VaultCare,
} from "../protocol";
import { failureWords } from "../ui/failure-words";
import { Notice } from "../ui/notice";
import { NowProvider } from "../ui/now";
import { rescueWords } from "../ui/rescue-words";
import { useServices, useWords } from "../ui/services";
import { Toast } from "../ui/toast";
import { AddEntry } from "./add-entry";
import { ClockNotice } from "./clock-notice";
import { EditEntry } from "./edit-entry";
import { EntryList } from "./entry-list";
import { RevealEnd } from "./reveal-end";
import { ScanTab } from "./scan-tab";
import { Shortcuts } from "./shortcuts";
import { ShowQr } from "./show-qr";
import type { Screen as ScreenName, UnlockedAction, UnlockedState } from "./unlocked-state";
import { type UnlockedCommands, useUnlocked } from "./use-unlocked";

type UnlockedProps = {
  vault: UnlockedVault;
  open: NonNullable<PopupView["open"]>;
  settings: Settings;
  onLocked: () => void;
};

export function Unlocked({ vault, open, settings, onLocked }: UnlockedProps) {
  const words = useWords();
  const { state, dispatch, commands } = useUnlocked(open, settings, onLocked);
  const { report, care, rescue } = vault;
  return (
    <NowProvider>
      <main class="popup" aria-label={words("extensionName")}>
        {rescue ? (
          <RescueNotice rescue={rescue} />
        ) : (
          <>
            <ReportNotice report={report} />
            <CareNotice care={care} />
          </>
        )}
        <ClockNotice clock={state.codes.clock} />
        {state.failure && (
          <Notice tone="danger" alert onClose={() => dispatch({ type: "failureClosed" })}>
            {failureWords(state.failure, words)}
          </Notice>
        )}
        <Screen vault={vault} state={state} dispatch={dispatch} commands={commands} />
        <RevealEnd revealed={state.revealed} dispatch={dispatch} />
        <Toast toast={state.toast} onClose={() => dispatch({ type: "toastClosed" })} />
      </main>
    </NowProvider>
  );
}

/** That what is shown is an earlier state, and where to go on from it. */
function RescueNotice({ rescue }: { rescue: RescueView }) {
  const { openPage, words } = useServices();
  return (
    <Notice tone="danger">
      <p>{rescueWords(rescue, words)}</p>
      <p>
        {words("rescueShort")}{" "}
        <button
          type="button"
          class="button button-quiet button-inline"
          onClick={() => openPage("options", "rescue")}
        >
          {words("seeToIt")}
        </button>
      </p>
    </Notice>
  );
}

/** What was not as it should be when the vault was opened. */
function ReportNotice({ report }: { report: LoadReport }) {
  const words = useWords();
  const [closed, setClosed] = useState<readonly string[]>([]);
  const texts = [
    report.damaged.length > 0 && words("damageText"),
    report.headerRolledBack && words("rolledBackText"),
    report.unreadableEntries > 0 && words.count("unreadableEntries", report.unreadableEntries),
  ].filter((text) => text !== false && !closed.includes(text));
  return texts.map((text) => (
    <Notice key={text} tone="warning" onClose={() => setClosed([...closed, String(text)])}>
      {text}
    </Notice>
  ));
}

/** One thing to see to at a time, with the way there. */
function CareNotice({ care }: { care: VaultCare }) {
  const { openPage, words } = useServices();
  const [closed, setClosed] = useState(false);
  if (closed || !(care.backupDue || care.passphraseDue)) return null;
  const fragment = care.backupDue ? "backup" : "know-it";
  return (
    <Notice tone="info" onClose={() => setClosed(true)}>
      {words(care.backupDue ? "backupDue" : "passphraseDue")}{" "}
      <button
        type="button"
        class="button button-quiet button-inline"
        onClick={() => openPage("options", fragment)}
      >
        {words("seeToIt")}
      </button>
    </Notice>
  );
}

type ScreenProps = {
  vault: UnlockedVault;
  state: UnlockedState;
  dispatch: (action: UnlockedAction) => void;
  commands: UnlockedCommands;
};

function Screen({ vault, state, dispatch, commands }: ScreenProps) {
  const words = useWords();
  const { entries, prompt, screen, settings } = state;
  const go = (screen: ScreenName) => dispatch({ type: "screenChosen", screen });
  const toList = () => go({ name: "list" });
  const entry =
    "entryId" in screen ? entries.find((known) => known.entryId === screen.entryId) : undefined;
  const onAdded = (entry: EntryView) => {
    const text = words("entryAdded", { name: nameAmong(entries, entry, words) });
    dispatch({ type: "entryStored", entry, text });
  };
  if (screen.name === "add") return <AddEntry dispatch={dispatch} onAdded={onAdded} />;
  if (screen.name === "scan") {
    return <ScanTab enrolment={state.enrolment} dispatch={dispatch} onAdded={onAdded} />;
  }
  if (screen.name === "shortcuts") {
    return <Shortcuts hideCodes={settings.hideCodes} onBack={toList} />;
  }
  if (entry === undefined) {
    return <EntryList state={state} dispatch={dispatch} commands={commands} />;
  }
  const { entryId } = entry;
  if (screen.name === "qr") {
    return (
      <ShowQr
        entry={entry}
        colour={accountsOf(entries).colourOf(entry)}
        headers={vault.headers}
        onBack={() => go({ name: "edit", entryId })}
      />
    );
  }
  return (
    <EditEntry
      key={entryId}
      entry={entry}
      entries={entries}
      canFill={prompt !== undefined && !prompt.matches.includes(entryId)}
      care={vault.care}
      commands={commands}
      onQr={() => go({ name: "qr", entryId })}
      onBack={toList}
    />
  );
}
