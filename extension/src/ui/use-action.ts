/** One thing at a time that takes a while and may fail. */

import { useCallback, useRef, useState } from "preact/hooks";
import { failureOf } from "../messaging";
import type { Failure } from "../protocol";

export type Action = {
  busy: boolean;
  failure: Failure | undefined;
  /** Runs `work` unless something runs already; a failure is kept until the next run. */
  run: (work: () => Promise<void>) => Promise<void>;
  /** Forgets the failure, for example because the input changed. */
  forgive: () => void;
};

type State = { busy: boolean; failure: Failure | undefined };

const IDLE: State = { busy: false, failure: undefined };

export function useAction(): Action {
  const [state, setState] = useState(IDLE);
  const running = useRef(false);
  const run = useCallback(async (work: () => Promise<void>) => {
    if (running.current) return;
    running.current = true;
    setState({ busy: true, failure: undefined });
    try {
      await work();
      setState(IDLE);
    } catch (thrown) {
      setState({ busy: false, failure: failureOf(thrown) });
    } finally {
      running.current = false;
    }
  }, []);
  const forgive = useCallback(
    () => setState((current) => (current.failure ? { ...current, failure: undefined } : current)),
    [],
  );
  return { ...state, run, forgive };
}
