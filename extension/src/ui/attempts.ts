/** Work that is done now or after a time, and after a failure again, until it is stopped. */

/** From a failure to the next try, in milliseconds. */
export const RETRY_MS = 2000;

export function attempts(work: () => Promise<void>, fail: (thrown: unknown) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const attempt = () => {
    clearTimeout(timer);
    work().catch((thrown) => {
      fail(thrown);
      if (!stopped) attemptAfter(RETRY_MS);
    });
  };
  const attemptAfter = (waitMs: number) => {
    clearTimeout(timer);
    timer = setTimeout(attempt, waitMs);
  };
  const stop = () => {
    stopped = true;
    clearTimeout(timer);
  };
  return { attempt, attemptAfter, stop };
}
