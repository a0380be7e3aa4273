/** From the files to the vault: the door, what is being read, the preview, what was saved. */

import { useCallback } from "preact/hooks";
import { FailureNotice } from "../ui/failure-notice";
import { Notice } from "../ui/notice";
import { useServices } from "../ui/services";
import { Door } from "./door";
import { FilePassword } from "./file-password";
import { Reading } from "./reading";
import { Review } from "./review";
import { SavedEntries } from "./saved-entries";
import { type Piece, useFiles } from "./use-files";
import { usePaste } from "./use-paste";
import { usePlan } from "./use-plan";

export function Importer({ onLocked }: { onLocked: () => Promise<void> }) {
  const { words } = useServices();
  const files = useFiles();
  const planning = usePlan(files.read, onLocked);
  const { add, progress, read, remarks } = files;
  const give = useCallback((pieces: Piece[]) => void add(pieces), [add]);
  usePaste(progress.step === "idle" && planning.saved === undefined, give);
  const startOver = () => {
    files.forget();
    planning.forget();
  };

  if (planning.saved) return <SavedEntries saved={planning.saved} onAnother={startOver} />;
  if (progress.step === "reading")
    return <Reading key={progress.name} progress={progress} onCancel={files.cancel} />;
  if (progress.step === "password") {
    return (
      <FilePassword
        key={progress.name}
        progress={progress}
        onOpen={files.password}
        onSkip={() => files.password(undefined)}
        onCancel={files.cancel}
      />
    );
  }
  return (
    <>
      {remarks.length > 0 && (
        <div class="stack stack-tight" role="alert">
          {remarks.map(({ name, text }) => (
            <Notice key={`${name} ${text}`} tone="warning">
              {words("importRemark", { name, text })}
            </Notice>
          ))}
        </div>
      )}
      <FailureNotice failure={planning.action.failure} />
      {read.length === 0 && <Door onPieces={give} />}
      {read.length > 0 && (
        <Review read={read} planning={planning} onPieces={give} onStartOver={startOver} />
      )}
    </>
  );
}
