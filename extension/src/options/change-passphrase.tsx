/** Choosing another passphrase. Only the header is written anew; the entries stay untouched. */

import { useState } from "preact/hooks";
import type { UnlockSecret } from "../key-service";
import type { StoredPair } from "../protocol";
import { failureWords } from "../ui/failure-words";
import { NewPassphrase } from "../ui/new-passphrase";
import { Notice } from "../ui/notice";
import { useServices } from "../ui/services";
import { useAction } from "../ui/use-action";
import { Section } from "./section";
import { useReplaceHeader } from "./use-replace-header";
import { VaultProof } from "./vault-proof";

type KeyChangeProps = { headers: StoredPair; onChanged: () => Promise<void> };

const NO_SECRET: UnlockSecret = { kind: "passphrase", text: "" };

export function ChangePassphrase({ headers, onChanged }: KeyChangeProps) {
  const { keys, words } = useServices();
  const replaceHeader = useReplaceHeader(onChanged);
  const [secret, setSecret] = useState(NO_SECRET);
  // Counts the changes made: each empties the form.
  const [changes, setChanges] = useState(0);
  const action = useAction();
  const choose = (newPassphrase: string) =>
    action.run(async () => {
      const { header } = await keys.changePassphrase(headers, secret, newPassphrase);
      await replaceHeader(header);
      setSecret(NO_SECRET);
      setChanges(changes + 1);
    });
  return (
    <Section title={words("changePassphrase")} fragment="passphrase">
      <p>{words("changePassphraseText")}</p>
      <NewPassphrase
        key={changes}
        submitLabel={words("changePassphrase")}
        busy={action.busy}
        onChoose={choose}
      >
        <VaultProof
          secret={secret}
          onChange={(next) => {
            setSecret(next);
            action.forgive();
          }}
          error={action.failure && failureWords(action.failure, words)}
        />
      </NewPassphrase>
      <div role="status">
        {changes > 0 && <Notice tone="info">{words("passphraseChanged")}</Notice>}
      </div>
    </Section>
  );
}
