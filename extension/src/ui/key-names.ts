/** How chords of keys are written where the user sits: by the signs of a Mac's keys, else by names. */

import { useServices } from "./services";

/** A chord by the names that stand on most keyboards. */
export type Chord = `${"Alt" | "Alt+Shift" | "Ctrl"}+${string}`;

/** Signs in place of names, in the order in which macOS writes them (Apple Style Guide). */
const MAC_SIGNS = [
  ["Alt+", "⌥"],
  ["Shift+", "⇧"],
  ["Ctrl+", "⌘"],
] as const;

export function chordName(chord: Chord, isMac: boolean): string {
  if (!isMac) return chord;
  return MAC_SIGNS.reduce<string>((name, [key, sign]) => name.replace(key, sign), chord);
}

export function useChordNames(): (chord: Chord) => string {
  const { isMac } = useServices();
  return (chord) => chordName(chord, isMac);
}

/** Firefox has no `userAgentData`. */
type Told = { platform: string; userAgentData?: { platform: string } };

export function runsOnMac({ platform, userAgentData }: Told = navigator): boolean {
  return /^mac/i.test(userAgentData?.platform ?? platform);
}
