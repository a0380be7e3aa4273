/** Typed requests over any transport: `connect` on the asking side, `serve` on the answering one. */

import type { Failure, Protocol } from "./protocol";

/** What crosses: a request in its channel. */
export type Envelope = { channel: string; name: string; request: unknown };

/** What comes back. Nothing is thrown across. */
export type Reply = { ok: true; value: unknown } | { ok: false; error: Failure };

/** Carries an envelope to where the channel is served. */
export type Transport = (envelope: Envelope) => Promise<unknown>;

export type Client<P extends Protocol> = {
  [Name in keyof P]: (request: P[Name]["request"]) => Promise<P[Name]["response"]>;
};

export type Handlers<P extends Protocol, Context> = {
  [Name in keyof P]: (
    request: P[Name]["request"],
    context: Context,
  ) => P[Name]["response"] | Promise<P[Name]["response"]>;
};

/** A request that was answered with a failure. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.kind);
    this.failure = failure;
  }
}

/** The failure in whatever was thrown; what no part expected says `unexpected` and nothing more. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof RequestError) return thrown.failure;
  const kind = thrown instanceof Error && "kind" in thrown ? thrown.kind : undefined;
  if (typeof kind !== "string") return { kind: "unexpected" };
  const entryId = (thrown as { entryId?: unknown }).entryId;
  return typeof entryId === "string" ? { kind, entryId } : { kind };
}

/** A client of a channel: each name of the protocol is a function. */
export function connect<P extends Protocol>(channel: string, transport: Transport): Client<P> {
  const call = async (name: string, request: unknown) => {
    const reply = await transport({ channel, name, request });
    if (!isReply(reply)) throw new RequestError({ kind: "noAnswer" });
    if (!reply.ok) throw new RequestError(reply.error);
    return reply.value;
  };
  return new Proxy({} as Client<P>, {
    get: (_target, name) =>
      // A client is not a promise: `await client` must not ask for `then`.
      typeof name === "string" && name !== "then"
        ? (request: unknown) => call(name, request)
        : undefined,
  });
}

/** Answers the envelopes of a channel; the type demands a handler for every name. */
export function serve<P extends Protocol, Context>(
  handlers: Handlers<P, Context>,
): (envelope: Envelope, context: Context) => Promise<Reply> {
  return async (envelope, context) => {
    if (!Object.hasOwn(handlers, envelope.name)) {
      return { ok: false, error: { kind: "unknownRequest" } };
    }
    try {
      const handler = handlers[envelope.name as keyof P];
      return { ok: true, value: await handler(envelope.request as never, context) };
    } catch (thrown) {
      return { ok: false, error: failureOf(thrown) };
    }
  };
}

/**
 * The most that one message may hold, in characters of its JSON: from a page of the extension the
 * largest backup, 2 MiB in base64; from a web page a picture.
 */
export function maxMessageLength(channel: string): number {
  return channel === "page" ? 3_000_000 : 1_000_000;
}

/** Reads an envelope from what came in, or `undefined` when it is none. */
export function parseEnvelope(message: unknown): Envelope | undefined {
  if (typeof message !== "object" || message === null) return undefined;
  const { channel, name, request } = message as Record<string, unknown>;
  if (typeof channel !== "string" || typeof name !== "string") return undefined;
  if (typeof request !== "object" || request === null) return undefined;
  return { channel, name, request };
}

function isReply(reply: unknown): reply is Reply {
  return typeof reply === "object" && reply !== null && "ok" in reply;
}
