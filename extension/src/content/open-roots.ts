export type Root = Document | ShadowRoot;

/**
 * The document, the open shadow roots in it and its frames of the same origin, one level deep. The
 * browser answers nothing for a frame of another origin or one that is sandboxed.
 */
export function openRoots(): Root[] {
  const roots: Root[] = [document];
  for (const element of document.querySelectorAll("*")) {
    const inner = element.shadowRoot ?? (element as HTMLIFrameElement).contentDocument;
    if (inner) roots.push(inner);
  }
  return roots;
}
