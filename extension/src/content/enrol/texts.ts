/** The texts in this part of the page that hold `part`: one for each text node, not run together. */
export function textsWith(part: Element | null, wanted: string): string[] {
  const texts: string[] = [];
  if (!part?.textContent?.includes(wanted)) return texts;
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.nodeValue ?? "";
    if (text.includes(wanted)) texts.push(text);
  }
  return texts;
}
