/** After a refused submission, the focus goes to the first field that is to be corrected. */

import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** `attempts` counts the submissions; the form is the one that gets the reference. */
export function useFocusInvalid(attempts: number): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement | null>(null);
  useLayoutEffect(() => {
    if (attempts > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempts]);
  return form;
}
