import { beforeAll, describe, expect, test } from "vitest";
import { coreModule, newHeader } from "../../../tests/boundary/modules";
import { beginSession } from "../session-key";
import { learnFromChoice } from "./account-links";
import { memoryPorts } from "./memory-ports";
import type { TabFacts } from "./tab-memory";
import { VaultSession } from "./vault-session";

const core = coreModule();
const ports = memoryPorts();
const session = new VaultSession(ports, core, () => undefined);

const facts = (account: string): TabFacts => ({
  host: "us-east-1.signin.aws.amazon.com",
  prompt: "known",
  url: { partition: "aws", kind: "signIn", account },
  user: "alice",
  at: 0,
});
const match = (account: string) =>
  session.use((vault) =>
    vault.matchEntries({ partition: "aws", identityCenter: false, account, user: "alice" }),
  );
const add = (label: string, secret: string) =>
  session.change(
    (vault, random, now) =>
      vault.add(
        {
          kind: "keyUri",
          uri: `otpauth://totp/Amazon%20Web%20Services:${label}?secret=${secret}&issuer=Amazon%20Web%20Services`,
        },
        random,
        now,
      ),
    (_vault, { entryId = "" }) => entryId,
  );

let byId: string;
let otherById: string;

beforeAll(async () => {
  const made = newHeader();
  const sealed = await beginSession(ports.keys, made.vaultKey, Date.now() + 60_000);
  await session.create(made.header, sealed);
  byId = await add("alice@111122223333", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  otherById = await add("alice@444455556666", "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U");
});

describe("an alias that no entry knows", () => {
  test("leaves it open which of two accounts is meant", async () => {
    const { entryIds, certain } = await match("example-corp");
    expect([...entryIds].sort()).toEqual([byId, otherById].sort());
    expect(certain).toBe(false);
  });

  test("is linked by the user's choice, so that the next sign-in is certain", async () => {
    const page = facts("example-corp");
    await learnFromChoice(session, page, await match("example-corp"), byId);
    expect(await match("example-corp")).toEqual({ entryIds: [byId], certain: true });
  });

  test("is not taken from the account that has it by a later choice", async () => {
    await learnFromChoice(session, facts("example-corp"), await match("example-corp"), byId);
    const entry = await session.use((vault) => vault.entry(otherById));
    expect(entry.accountAlias).toBeUndefined();
  });
});
