/** A small client of WebDriver BiDi: commands with their answers, over one WebSocket. */
import { WebSocket } from "ws";
import { within } from "./wait.mjs";

const COMMAND_TIMEOUT_MS = 30_000;

/** The browser refused a command. */
export class BidiError extends Error {
  /**
   * @param {string} method
   * @param {string} code an error code of the BiDi specification, such as `no such frame`
   * @param {string} message
   */
  constructor(method, code, message) {
    super(`${method}: ${code}: ${message}`);
    this.name = "BidiError";
    this.code = code;
  }
}

/**
 * @typedef {object} Bidi
 * @property {(method: string, params?: Record<string, unknown>) => Promise<any>} send
 * @property {() => void} close
 */

/**
 * @param {string} url `ws://…/session`
 * @returns {Promise<Bidi>}
 */
export async function connectBidi(url) {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await within(
    new Promise((resolve, reject) => {
      socket.once("open", resolve);
      socket.once("error", reject);
    }),
    { what: `a connection to ${url}` },
  );
  /** @type {Map<number, { method: string, resolve: (value: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  let lastId = 0;
  socket.on("message", (data) => {
    const { id, type, result, error, message } = JSON.parse(data.toString());
    const caller = waiting.get(id);
    if (!caller) {
      return;
    }
    waiting.delete(id);
    if (type === "error") {
      caller.reject(new BidiError(caller.method, error, message));
    } else {
      caller.resolve(result);
    }
  });
  const end = () => {
    for (const { method, reject } of waiting.values()) {
      reject(new BidiError(method, "connection closed", "the browser has ended"));
    }
    waiting.clear();
  };
  socket.on("close", end);
  socket.on("error", end);
  return {
    send(method, params = {}) {
      lastId += 1;
      const id = lastId;
      const answer = new Promise((resolve, reject) => waiting.set(id, { method, resolve, reject }));
      if (socket.readyState === WebSocket.OPEN) {
        socket.send(JSON.stringify({ id, method, params }));
      } else {
        end();
      }
      return within(answer, { what: `the answer to ${method}`, timeoutMs: COMMAND_TIMEOUT_MS });
    },
    close: () => socket.close(),
  };
}

/**
 * Runs a function in a document. Argument and result travel as JSON.
 * @template Arg, Result
 * @param {Bidi} bidi
 * @param {string} context
 * @param {(arg: Arg) => Result} fn
 * @param {Arg} arg
 * @returns {Promise<Awaited<Result>>}
 */
export async function callFunction(bidi, context, fn, arg) {
  return callWith(
    bidi,
    context,
    `async (json) => JSON.stringify(await (${fn})(JSON.parse(json).arg))`,
    [{ type: "string", value: JSON.stringify({ arg }) }],
  );
}

/**
 * @param {Bidi} bidi
 * @param {string} context
 * @param {string} functionDeclaration answers JSON
 * @param {Record<string, unknown>[]} args
 * @returns {Promise<any>}
 */
export async function callWith(bidi, context, functionDeclaration, args) {
  const { result, exceptionDetails } = await bidi.send("script.callFunction", {
    target: { context },
    functionDeclaration,
    arguments: args,
    awaitPromise: true,
  });
  if (exceptionDetails) {
    throw new Error(exceptionDetails.text);
  }
  return result.type === "string" ? JSON.parse(result.value) : undefined;
}
