/** The title of the document: what its tab and screen readers call the page. */

import { useEffect } from "preact/hooks";

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}
