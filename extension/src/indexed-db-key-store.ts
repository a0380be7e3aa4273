/** The session key in IndexedDB, the one store that keeps a key that cannot be read out. */

import type { KeyStore } from "./session-key";

const DATABASE = "doorcode-session";
const STORE = "keys";
const KEY = "session";

export const indexedDbKeyStore: KeyStore = {
  read: () => run("readonly", (store) => store.get(KEY) as IDBRequest<CryptoKey | undefined>),
  write: async (key) => {
    await run("readwrite", (store) => store.put(key, KEY));
  },
  remove: async () => {
    await run("readwrite", (store) => store.delete(KEY));
  },
};

async function run<Result>(
  mode: IDBTransactionMode,
  use: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const open = indexedDB.open(DATABASE, 1);
  open.onupgradeneeded = () => open.result.createObjectStore(STORE);
  const database = await done(open);
  try {
    const transaction = database.transaction(STORE, mode);
    const result = await done(use(transaction.objectStore(STORE)));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    return result;
  } finally {
    database.close();
  }
}

function done<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
