/** What is to be known before a code is filled in the tab in front. */

import type { TabPrompt } from "../protocol";
import { useWords } from "../ui/services";
import type { TextKey } from "../words/words";

type PromptRemarkProps = { prompt: TabPrompt; matches: number; searching: boolean };

export function PromptRemark({ prompt, matches, searching }: PromptRemarkProps) {
  const words = useWords();
  const key = remark(prompt, matches, searching);
  return key === undefined ? null : <p class="prompt-remark">{words(key)}</p>;
}

function remark(prompt: TabPrompt, matches: number, searching: boolean): TextKey | undefined {
  if (prompt.kind === "chooser") return "chooserPrompt";
  if (prompt.kind === "changed") return "changedPrompt";
  if (matches === 0) return searching ? undefined : "noMatch";
  return matches > 1 && !prompt.certain ? "severalMatches" : undefined;
}
