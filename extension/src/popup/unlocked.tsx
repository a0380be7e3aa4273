/** The unlocked popup: one of its screens, and what is said below or above it. */

import { useState } from "preact/hooks";
import type { LoadReport, RescueView, UnlockedVault, VaultCare } from "../protocol";
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
import { ScanTab } from "./scan-tab";
import type { UnlockedAction, UnlockedState } from "./unlocked-state";
import { type UnlockedCommands, useUnlocked } from "./use-unlocked";

type UnlockedProps = { vault: UnlockedVault; onLocked: () => void };

export function Unlocked({ vault, onLocked }: UnlockedProps) {
  const words = useWords();
  const { state, dispatch, commands } = useUnlocked(onLocked);
  return (
    <NowProvider>
      <main class="popup" aria-label={words("extensionName")}>
        {vault.rescue ? (
          <RescueNotice rescue={vault.rescue} />
        ) : (
          <>
            <ReportNotice report={vault.report} />
            <CareNotice care={vault.care} />
          </>
        )}
        <ClockNotice clock={state.codes?.clock} />
        {state.failure && (
          <Notice tone="danger" alert onClose={() => dispatch({ type: "failureClosed" })}>
            {failureWords(state.failure, words)}
          </Notice>
        )}
        <Screen state={state} dispatch={dispatch} commands={commands} />
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
      {rescueWords(rescue, words)} {words("rescueShort")}{" "}
      <button
        type="button"
        class="button button-quiet"
        onClick={() => openPage("options", "rescue")}
      >
        {words("seeToIt")}
      </button>
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
        class="button button-quiet"
        onClick={() => openPage("options", fragment)}
      >
        {words("seeToIt")}
      </button>
    </Notice>
  );
}

type ScreenProps = {
  state: UnlockedState;
  dispatch: (action: UnlockedAction) => void;
  commands: UnlockedCommands;
};

function Screen({ state, dispatch, commands }: ScreenProps) {
  const { entries, prompt, screen } = state;
  const entry =
    screen.name === "edit" ? entries?.find((known) => known.entryId === screen.entryId) : undefined;
  if (screen.name === "add") return <AddEntry dispatch={dispatch} />;
  if (screen.name === "scan") return <ScanTab enrolment={state.enrolment} dispatch={dispatch} />;
  if (entry === undefined) {
    return <EntryList state={state} dispatch={dispatch} commands={commands} />;
  }
  return (
    <EditEntry
      key={entry.entryId}
      entry={entry}
      entries={entries ?? []}
      canFill={prompt !== undefined && !prompt.matches.includes(entry.entryId)}
      commands={commands}
      onBack={() => dispatch({ type: "screenChosen", screen: { name: "list" } })}
    />
  );
}
