/** The unlocked popup's state, and what it asks of the background. */

import { useCallback, useEffect, useMemo, useReducer } from "preact/hooks";
import { failureOf } from "../messaging";
import type { PopupView, Settings } from "../protocol";
import { attempts } from "../ui/attempts";
import { millisecondsToRefresh, receiveCodes } from "../ui/code-clock";
import { type PageServices, useServices } from "../ui/services";
import { type CodeCommands, codeCommands } from "./code-commands";
import { type EditCommands, editCommands } from "./edit-commands";
import { initialState, reduce, type UnlockedAction, type UnlockedState } from "./unlocked-state";

export type UnlockedCommands = CodeCommands & EditCommands & { lock: () => Promise<void> };

/** In milliseconds: until then the browser is busy with showing the first screen. */
const OTHERS_AFTER_MS = 50;

/** So many milliseconds after a step has begun, the background is in it too. */
const STEP_MARGIN_MS = 50;

export function useUnlocked(
  open: NonNullable<PopupView["open"]>,
  settings: Settings,
  onLocked: () => void,
) {
  const services = useServices();
  const { background, clock } = services;
  const [state, dispatch] = useReducer(reduce, undefined, () =>
    initialState(open, settings, clock()),
  );
  const fail = useCallback(
    (thrown: unknown) => {
      const failure = failureOf(thrown);
      if (failure.kind === "locked") onLocked();
      else dispatch({ type: "failed", failure });
    },
    [onLocked],
  );

  const tabIsKnown = open.tab !== undefined;
  useEffect(() => {
    if (tabIsKnown) return;
    // Without an answer the popup copies instead of filling.
    background.readTab({}).then(
      (tab) => dispatch({ type: "tabRead", tab }),
      () => undefined,
    );
  }, [background, tabIsKnown]);

  useOthers(services, state, dispatch, fail);
  useCodes(services, state, dispatch, fail);

  const commands = useMemo(
    () => commandsOf(services, state, dispatch, fail, onLocked),
    [services, state, fail, onLocked],
  );
  return { state, dispatch, commands };
}

type Dispatch = (action: UnlockedAction) => void;

/** Reads the entries that the first screen was drawn without. */
function useOthers(
  { background }: PageServices,
  { complete }: UnlockedState,
  dispatch: Dispatch,
  fail: (thrown: unknown) => void,
): void {
  useEffect(() => {
    if (complete) return;
    const others = attempts(async () => {
      const { entries } = await background.listEntries({});
      dispatch({ type: "entriesRead", entries });
    }, fail);
    others.attemptAfter(OTHERS_AFTER_MS);
    return others.stop;
  }, [background, complete, dispatch, fail]);
}

/** Reads the codes when a step ends, and when an entry without a code appears. */
function useCodes(
  { background, clock }: PageServices,
  { codes, entries }: UnlockedState,
  dispatch: Dispatch,
  fail: (thrown: unknown) => void,
): void {
  const lacksCodes = entries.some(
    ({ entryId, type }) => type === "totp" && !codes.byEntry.has(entryId),
  );
  const read = useCallback(
    () =>
      background
        .readCodes({})
        .then((view) => dispatch({ type: "codesRead", codes: receiveCodes(view, clock()) })),
    [background, clock, dispatch],
  );
  useEffect(() => {
    if (lacksCodes) read().catch(fail);
  }, [read, fail, lacksCodes]);
  useEffect(() => {
    const wait = millisecondsToRefresh(codes, clock());
    if (wait === undefined) return;
    // Reading counts as use: a tab that nobody sees must not keep the vault open.
    const refresh = attempts(async () => {
      if (!document.hidden) await read();
    }, fail);
    refresh.attemptAfter(wait + STEP_MARGIN_MS);
    document.addEventListener("visibilitychange", refresh.attempt);
    return () => {
      refresh.stop();
      document.removeEventListener("visibilitychange", refresh.attempt);
    };
  }, [codes, clock, read, fail]);
}

function commandsOf(
  services: PageServices,
  state: UnlockedState,
  dispatch: Dispatch,
  fail: (thrown: unknown) => void,
  onLocked: () => void,
): UnlockedCommands {
  const attempt = (work: () => Promise<void>) => work().catch(fail);
  // Goes on as a failure that the screen shows, should it still be there.
  const leaveIfLocked = (thrown: unknown): never => {
    if (failureOf(thrown).kind === "locked") onLocked();
    throw thrown;
  };
  return {
    ...codeCommands({ services, state, dispatch, attempt }),
    ...editCommands({ services, state, dispatch, attempt, leaveIfLocked }),
    lock: () =>
      attempt(async () => {
        await services.background.lockVault({});
        onLocked();
      }),
  };
}
