/** Unlocking with a passkey: the screen lock or a security key in place of the passphrase. */

import { useCallback, useEffect, useState } from "preact/hooks";
import type { StoredPair } from "../protocol";
import { AskPassphrase } from "../ui/ask-passphrase";
import { Notice } from "../ui/notice";
import { useServices } from "../ui/services";
import { useAction } from "../ui/use-action";
import { Section } from "./section";
import { useReplaceHeader } from "./use-replace-header";

type PasskeyProps = { headers: StoredPair; onChanged: () => Promise<void> };

export function Passkey({ headers, onChanged }: PasskeyProps) {
  const { keys, passkeys, words } = useServices();
  const replaceHeader = useReplaceHeader(onChanged);
  const [exists, setExists] = useState(false);
  const [done, setDone] = useState<"added" | "removed" | undefined>();
  const action = useAction();
  const look = useCallback(
    () => keys.passkeyRequest(headers).then(({ request }) => setExists(request !== undefined)),
    [keys, headers],
  );
  useEffect(() => {
    if (passkeys) look().catch(() => undefined);
  }, [look, passkeys]);

  if (passkeys === undefined) {
    return (
      <Section title={words("passkey")} fragment="passkey">
        <p>{words("passkeyNotHere")}</p>
      </Section>
    );
  }
  const add = (passphrase: string) =>
    action.run(async () => {
      const made = await passkeys.make();
      const { header } = await keys.addPasskey(headers, passphrase, made);
      await replaceHeader(header);
      setDone("added");
    });
  const remove = (passphrase: string) =>
    action.run(async () => {
      const { header } = await keys.removePasskey(headers, passphrase);
      await replaceHeader(header);
      setDone("removed");
    });
  return (
    <Section title={words("passkey")} fragment="passkey">
      <p>{words(exists ? "passkeyThere" : "passkeyText")}</p>
      <AskPassphrase
        submitLabel={words(exists ? "removePasskey" : "addPasskey")}
        busy={action.busy}
        failure={action.failure}
        onSubmit={exists ? remove : add}
      />
      <div role="status">
        {done && (
          <Notice tone="info">{words(done === "added" ? "passkeyAdded" : "passkeyRemoved")}</Notice>
        )}
      </div>
    </Section>
  );
}
