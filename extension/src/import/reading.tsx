/** A file is being read, in a Worker that can be ended at any time. */

import { useEffect, useState } from "preact/hooks";
import { useWords } from "../ui/services";
import type { Progress } from "./use-files";

type ReadingProps = { progress: Extract<Progress, { step: "reading" }>; onCancel: () => void };

/** What takes no longer than this needs no clock, in seconds. */
const PATIENCE = 2;

export function Reading({ progress: { name, opening }, onCancel }: ReadingProps) {
  const words = useWords();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <section class="page-card" aria-busy="true">
      <p role="status">{words(opening ? "importOpening" : "importReading", { name })}</p>
      <div class="bar">
        <span class="progress" />
      </div>
      <div class="list-line">
        <span class="fine-print" aria-hidden="true">
          {seconds >= PATIENCE ? words.count("importElapsed", seconds) : ""}
        </span>
        <button type="button" class="button" onClick={onCancel}>
          {words("cancel")}
        </button>
      </div>
    </section>
  );
}
