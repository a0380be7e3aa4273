/** A short confirmation at the foot of the window, perhaps with a way back. */

import { useEffect, useRef } from "preact/hooks";
import { CheckIcon, CloseIcon } from "./icons";
import { useWords } from "./services";

export type ToastContent = {
  /** New for each toast, so that the same words twice are two toasts. */
  id: number;
  text: string;
  onUndo?: () => void;
  /** Leaves the focus where it is and goes away by itself, though it can be undone. */
  passing?: boolean;
};

/** How long a confirmation stays, in milliseconds. One that has the focus stays until closed. */
const CONFIRMATION_MS = 4000;
const UNDO_MS = 10_000;

type ToastProps = { toast: ToastContent | undefined; onClose: () => void };

export function Toast({ toast, onClose }: ToastProps) {
  const words = useWords();
  const undo = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (toast === undefined) return;
    if (toast.onUndo !== undefined && !toast.passing) {
      undo.current?.focus();
      return;
    }
    const timer = setTimeout(onClose, toast.onUndo ? UNDO_MS : CONFIRMATION_MS);
    return () => clearTimeout(timer);
  }, [toast, onClose]);
  return (
    <>
      <p class="visually-hidden" role="status">
        {toast?.text}
      </p>
      {toast && (
        <div class="toast" key={toast.id}>
          <CheckIcon />
          <span class="toast-text" aria-hidden="true">
            {toast.text}
          </span>
          {toast.onUndo && (
            <button type="button" class="toast-button" ref={undo} onClick={toast.onUndo}>
              {words("undo")}
            </button>
          )}
          {toast.onUndo && (
            <button
              type="button"
              class="toast-button"
              aria-label={words("closeMessage")}
              onClick={onClose}
            >
              <CloseIcon size={16} />
            </button>
          )}
        </div>
      )}
    </>
  );
}
