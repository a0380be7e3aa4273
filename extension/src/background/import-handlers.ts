/** Answers the page that brings entries in from files: what each would be, all at once, and back. */

import { type Handlers, RequestError } from "../messaging";
import type { PageProtocol } from "../protocol";
import { earlierState } from "./earlier-states";
import type { Ports } from "./ports";
import type { VaultSession } from "./vault-session";

type Names = "planImport" | "importEntries" | "undoImport";

/** As many as one file may hold. */
const MOST_ENTRIES = 5000;
const ID_BYTES = 16;
/** The most that `crypto.getRandomValues` gives at once. */
const MOST_RANDOM_BYTES = 65_536;

export function importHandlers(
  ports: Ports,
  session: VaultSession,
): Pick<Handlers<PageProtocol, undefined>, Names> {
  return {
    planImport: ({ entries }) =>
      session.use((vault) => {
        check(entries);
        return { rev: vault.rev(), entries: vault.arrivals({ entries }) };
      }),
    importEntries: async ({ rev, entries }) => {
      check(entries);
      return session.change(
        (vault, random, now) => {
          if (vault.rev() !== rev) throw new RequestError({ kind: "planOutdated" });
          const ids = randomBytes(ports, entries.length * ID_BYTES);
          return vault.takeIn({ entries }, ids, random, now);
        },
        (_vault, save) => {
          const { added, changed } = save?.arrived ?? { added: [], changed: [] };
          return { undo: { rev, added, changed } };
        },
      );
    },
    undoImport: ({ rev, added, changed }) =>
      session.change(
        async (vault, random, now) => {
          const before = changed.length > 0 ? await earlierState(session, vault, rev) : undefined;
          return vault.undoArrivals({ added, changed }, before, random, now);
        },
        () => ({}),
      ),
  };
}

function check(entries: unknown): void {
  if (!Array.isArray(entries)) throw new RequestError({ kind: "malformedRequest" });
  if (entries.length > MOST_ENTRIES) throw new RequestError({ kind: "tooManyEntries" });
}

function randomBytes(ports: Ports, count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  for (let at = 0; at < count; at += MOST_RANDOM_BYTES) {
    bytes.set(ports.random(Math.min(MOST_RANDOM_BYTES, count - at)), at);
  }
  return bytes;
}
