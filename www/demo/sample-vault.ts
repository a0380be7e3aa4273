/** A vault to play with: made anew at each visit, with made-up secrets. */

import type { KeyService } from "../../extension/src/key-service";
import type { Client } from "../../extension/src/messaging";
import type { PageProtocol } from "../../extension/src/protocol";

/** Said on the page. */
export const DEMO_PASSPHRASE = "open the door please";

const AWS = "issuer=Amazon%20Web%20Services";

const URIS = [
  `otpauth://totp/Amazon%20Web%20Services:alice@111122223333?secret=NVQWIZJAOVYDUIDBNRUWGZJO&${AWS}`,
  `otpauth://totp/Amazon%20Web%20Services:alice@example-staging?secret=NVQWIZJAOVYDUIDTORQWO2LOM4&${AWS}`,
  `otpauth://totp/Amazon%20Web%20Services:root-account-mfa-device@111122223333?secret=NVQWIZJAOVYDUIDSN5XXI&${AWS}`,
  "otpauth://totp/AWS%20SSO:alice%40example.com?secret=NVQWIZJAOVYDUIDDMVXHIZLS&issuer=AWS%20SSO",
  "otpauth://totp/Example%20Mail:alice%40example.com?secret=NVQWIZJAOVYDUIDNMFUWY&issuer=Example%20Mail&digits=8&period=60",
];

export async function makeSampleVault(
  background: Client<PageProtocol>,
  keys: KeyService,
): Promise<void> {
  const { header, session } = await keys.makeVault(DEMO_PASSPHRASE);
  await background.createVault({ header, session });
  for (const uri of URIS) {
    const { entry } = await background.addEntry({ kind: "keyUri", uri });
    if (entry.accountId === "111122223333") {
      const alias = { accountAlias: "example-production" };
      const edit =
        entry.identityKind === "root"
          ? alias
          : ({ ...alias, userName: "alice", identityKind: "iamUser" } as const);
      await background.editEntry({ entryId: entry.entryId, edit });
    }
  }
}
