/** What the texts of a page look like, asked from within the page. */

/** @typedef {import("playwright-core").Page} Page */

/**
 * The texts that are not to be seen whole: beyond the window, out of their button, or cut off by a
 * box around them that cannot be scrolled.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
export function clippedTexts(page) {
  return page.evaluate(() => {
    /** @type {string[]} */
    const clipped = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.nodeValue?.trim();
      const parent = node.parentElement;
      if (!text || !parent?.checkVisibility({ opacityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      // For screen readers alone.
      if (parent.closest(".visually-hidden") || box.width === 0) continue;
      if (box.left < -1 || box.right > innerWidth + 1) clipped.push(text);
      for (let around = parent; around !== document.body; ) {
        const { overflowX, overflowY } = getComputedStyle(around);
        if (overflowY === "auto" || overflowY === "scroll") break;
        const outer = around.getBoundingClientRect();
        const holds = around.matches("button, a.button, select, summary");
        const cutsX = holds || overflowX === "hidden" || overflowX === "clip";
        const cutsY = holds || overflowY === "hidden" || overflowY === "clip";
        const sticksOut =
          (cutsX && (box.left < outer.left - 1 || box.right > outer.right + 1)) ||
          (cutsY && (box.top < outer.top - 2 || box.bottom > outer.bottom + 2));
        if (sticksOut) clipped.push(text);
        if (!around.parentElement) break;
        around = around.parentElement;
      }
    }
    return [...new Set(clipped)];
  });
}

/**
 * The texts and accessible names of a page.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
export function shownTexts(page) {
  return page.evaluate(() => {
    /** @type {(string | null)[]} */
    const texts = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node.nodeValue);
    for (const element of document.body.querySelectorAll("*")) {
      for (const name of ["aria-label", "placeholder", "title", "alt"]) {
        texts.push(element.getAttribute(name));
      }
    }
    return [...new Set(texts.flatMap((text) => text?.trim() || []))];
  });
}
