/** Now and then: does the user still know what opens the vault? */

import { useState } from "preact/hooks";
import type { UnlockSecret } from "../key-service";
import type { StoredPair, VaultCare } from "../protocol";
import { failureWords } from "../ui/failure-words";
import { Notice } from "../ui/notice";
import { useServices } from "../ui/services";
import { useAction } from "../ui/use-action";
import { Section } from "./section";
import { VaultProof } from "./vault-proof";

type KnowItProps = { headers: StoredPair; care: VaultCare; onChanged: () => Promise<void> };

const NO_SECRET: UnlockSecret = { kind: "passphrase", text: "" };

export function KnowIt({ headers, care, onChanged }: KnowItProps) {
  const { keys, words } = useServices();
  const [secret, setSecret] = useState(NO_SECRET);
  const [known, setKnown] = useState(false);
  const action = useAction();
  const check = (event: Event) => {
    event.preventDefault();
    if (secret.text === "") return;
    setKnown(false);
    void action.run(async () => {
      await keys.prove(headers, secret);
      setSecret(NO_SECRET);
      setKnown(true);
      await onChanged();
    });
  };
  return (
    <Section title={words("knowIt")} fragment="know-it">
      <p>{words("knowItText")}</p>
      {care.passphraseDue && <Notice tone="warning">{words("passphraseDue")}</Notice>}
      <form class="stack" onSubmit={check}>
        <VaultProof
          secret={secret}
          onChange={(next) => {
            setSecret(next);
            action.forgive();
          }}
          error={action.failure && failureWords(action.failure, words)}
        />
        <button type="submit" class="button" aria-disabled={action.busy || secret.text === ""}>
          {words(action.busy ? "working" : "tryIt")}
        </button>
      </form>
      <div role="status">{known && <Notice tone="info">{words("knowItYes")}</Notice>}</div>
    </Section>
  );
}
