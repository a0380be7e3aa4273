/** The document and the open shadow roots in it, one level deep. */
export function openRoots(document: Document): (Document | ShadowRoot)[] {
  const roots: (Document | ShadowRoot)[] = [document];
  for (const element of document.querySelectorAll("*")) {
    if (element.shadowRoot !== null) roots.push(element.shadowRoot);
  }
  return roots;
}
