/** The colour of an entry's AWS account, each with the word that goes with it. */

import { COLOURS } from "../accounts";
import { NO_COLOUR } from "../entry-edit";
import { colourWords } from "../ui/colour-badge";
import { useWords } from "../ui/services";

type ColourFieldProps = { colour: number; onChange: (colour: number) => void };

export function ColourField({ colour, onChange }: ColourFieldProps) {
  const words = useWords();
  return (
    <fieldset class="choice colours">
      <legend>{words("accountColour")}</legend>
      <div class="colour-options">
        {[NO_COLOUR, ...COLOURS].map((value) => (
          <label key={value} class={`colour-option ${value > 0 ? `colour-${value}` : ""}`}>
            <input
              type="radio"
              name="colour"
              value={value}
              checked={colour === value}
              onChange={() => onChange(value)}
            />
            <span>{colourWords(value, words) ?? words("colourNone")}</span>
          </label>
        ))}
      </div>
      <p class="field-hint">{words("accountColourHint")}</p>
    </fieldset>
  );
}
