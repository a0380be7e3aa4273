/** What the reader says when something cannot be read. */

export class VaultError extends Error {
  kind = this.message;
}

/** @param {string} kind @returns {never} */
export const fail = (kind) => {
  throw new VaultError(kind);
};
/** What comes of those that do not fail. @template A, B @param {A[]} values @param {(value: A) => B} run */
export const attempt = (values, run) =>
  values.flatMap((value) => {
    try {
      return [run(value)];
    } catch {
      return [];
    }
  });
