import { describe, expect, test } from "vitest";
import { connect, type Envelope, failureOf, parseEnvelope, RequestError, serve } from "./messaging";
import type { Message } from "./protocol";

type Greetings = { greet: Message<{ name: string }, { text: string }> };

const answer = serve<Greetings, undefined>({
  greet: ({ name }) => {
    if (name === "") throw new RequestError({ kind: "noName" });
    if (name === "crash") throw new TypeError("cannot read GEZDGNBVGY3TQOJQ");
    return { text: `Hello ${name}` };
  },
});

describe("a request", () => {
  const client = connect<Greetings>("test", (envelope) => answer(envelope, undefined));

  test("comes back with its value", async () => {
    expect(await client.greet({ name: "Alice" })).toEqual({ text: "Hello Alice" });
  });

  test("comes back with the failure that its handler names", async () => {
    await expect(client.greet({ name: "" })).rejects.toMatchObject({ failure: { kind: "noName" } });
  });

  test("tells nothing of a failure that nobody expected", async () => {
    const reply = await answer(
      { channel: "test", name: "greet", request: { name: "crash" } },
      undefined,
    );
    expect(JSON.stringify(reply)).toBe('{"ok":false,"error":{"kind":"unexpected"}}');
  });

  test.each(["missing", "constructor", "toString", "__proto__", "hasOwnProperty"])(
    "for %s, which nobody handles, is refused",
    async (name) => {
      const reply = await answer({ channel: "test", name, request: {} }, undefined);
      expect(reply).toEqual({ ok: false, error: { kind: "unknownRequest" } });
    },
  );

  test("is told apart when nobody answers", async () => {
    const alone = connect<Greetings>("test", async () => undefined);
    await expect(alone.greet({ name: "Alice" })).rejects.toMatchObject({
      failure: { kind: "noAnswer" },
    });
  });
});

describe("an envelope", () => {
  test("is read with its channel, name and request", () => {
    const envelope: Envelope = { channel: "page", name: "lockVault", request: {} };
    expect(parseEnvelope({ ...envelope, extra: 1 })).toEqual(envelope);
  });

  test.each([
    undefined,
    null,
    7,
    "page",
    [],
    {},
    { channel: "page" },
    { channel: "page", name: "lockVault" },
    { channel: 1, name: "lockVault", request: {} },
    { channel: "page", name: "lockVault", request: null },
    { channel: "page", name: "lockVault", request: "text" },
  ])("is not read from %j", (message) => {
    expect(parseEnvelope(message)).toBeUndefined();
  });
});

test("a failure of the core keeps its kind and the entry it names, and no message", () => {
  const error = Object.assign(new Error("text"), { kind: "duplicateEntry", entryId: "abc" });
  expect(failureOf(error)).toEqual({ kind: "duplicateEntry", entryId: "abc" });
});
