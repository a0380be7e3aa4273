/** The primitives of a page, over Playwright and the DevTools protocol. */

/**
 * @typedef {import('playwright-core').Page} PlaywrightPage
 * @typedef {import('playwright-core').CDPSession} CdpSession
 * @typedef {import('./page.mjs').PagePrimitives} PagePrimitives
 * @typedef {import('./page.mjs').ShadowRootHandle} ShadowRootHandle
 * @typedef {{ backendNodeId: number, shadowRootType?: string, shadowRoots?: DomNode[], children?: DomNode[],
 *   contentDocument?: DomNode }} DomNode
 * @typedef {{ send(method: string, params?: Record<string, unknown>): Promise<any> }} Cdp
 */

/**
 * @param {PlaywrightPage} page
 * @returns {PagePrimitives}
 */
export function chromiumPage(page) {
  /** @type {Promise<CdpSession> | undefined} */
  let session;
  const cdp = () => {
    session ??= page.context().newCDPSession(page);
    return session;
  };
  return {
    navigate: async (url) => {
      await page.goto(url, { waitUntil: "load" });
    },
    evaluate: (fn, arg) => page.evaluate(/** @type {any} */ (fn), arg),
    moveMouse: (x, y) => page.mouse.move(x, y),
    mouseDown: (button) => page.mouse.down({ button }),
    mouseUp: (button) => page.mouse.up({ button }),
    clickMouse: (x, y, button) => page.mouse.click(x, y, { button }),
    press: (key) => page.keyboard.press(key),
    type: (text) => page.keyboard.type(text),
    screenshot: () => page.screenshot(),
    closedShadowRoots: async () =>
      closedShadowRoots(/** @type {Cdp} */ (/** @type {unknown} */ (await cdp()))),
    bringToFront: () => page.bringToFront(),
    setViewport: (size) => page.setViewportSize(size),
    close: () => page.close(),
  };
}

/**
 * Every closed shadow root of the document and its frames of the same process.
 * @param {Cdp} cdp
 * @returns {Promise<ShadowRootHandle[]>}
 */
export async function closedShadowRoots(cdp) {
  const { root } = await cdp.send("DOM.getDocument", { depth: -1, pierce: true });
  return collectClosed(root).map((backendNodeId) => shadowRootHandle(cdp, backendNodeId));
}

/**
 * @param {DomNode} node
 * @returns {number[]}
 */
function collectClosed(node) {
  const below = [
    ...(node.shadowRoots ?? []),
    ...(node.children ?? []),
    ...(node.contentDocument ? [node.contentDocument] : []),
  ];
  const own = node.shadowRootType === "closed" ? [node.backendNodeId] : [];
  return [...own, ...below.flatMap(collectClosed)];
}

/**
 * @param {Cdp} cdp
 * @param {number} backendNodeId
 * @returns {ShadowRootHandle}
 */
function shadowRootHandle(cdp, backendNodeId) {
  const resolve = async () =>
    (await cdp.send("DOM.resolveNode", { backendNodeId })).object.objectId;
  return {
    evaluate: async (fn, arg) =>
      (
        await call(cdp, await resolve(), `function (arg) { return (${fn})(this, arg); }`, {
          arguments: [{ value: arg }],
          returnByValue: true,
        })
      ).value,
    accessibleName: async (selector) => {
      const control = await call(
        cdp,
        await resolve(),
        "function (selector) { return this.querySelector(selector); }",
        {
          arguments: [{ value: selector }],
        },
      );
      const { nodes } = await cdp.send("Accessibility.getPartialAXTree", {
        objectId: control.objectId,
        fetchRelatives: false,
      });
      return nodes[0]?.name?.value;
    },
  };
}

/**
 * @param {Cdp} cdp
 * @param {string} objectId
 * @param {string} functionDeclaration
 * @param {Record<string, unknown>} options
 */
async function call(cdp, objectId, functionDeclaration, options) {
  const { result, exceptionDetails } = await cdp.send("Runtime.callFunctionOn", {
    objectId,
    functionDeclaration,
    awaitPromise: true,
    ...options,
  });
  if (exceptionDetails) {
    throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  }
  return result;
}
