/** Saves everything of the vault as it is stored, encrypted, for whoever can read it elsewhere. */

import { FailureNotice } from "./failure-notice";
import { useServices } from "./services";
import { useAction } from "./use-action";

export function SaveStored() {
  const { background, saveFile, words } = useServices();
  const action = useAction();
  // As it is: encrypted. `tests/vault/reader.mjs` and later versions open it with the passphrase.
  const save = () =>
    action.run(async () => {
      const { values } = await background.readStored({});
      const text = JSON.stringify(values, null, 2);
      await saveFile("doorcode-stored.json", new TextEncoder().encode(text));
    });
  return (
    <>
      <button type="button" class="button" aria-disabled={action.busy} onClick={save}>
        {words("saveStored")}
      </button>
      <FailureNotice failure={action.failure} />
    </>
  );
}
