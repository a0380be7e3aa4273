/** Files as their dialogs give and take them, for the dialogs of both browsers are out of reach. */

/**
 * Puts files into a file field.
 * @param {import('./page.mjs').Page} page
 * @param {string} selector
 * @param {{ name: string, base64: string, type?: string }[]} files
 */
export const choose = (page, selector, files) =>
  page.evaluate(
    ({ selector, files }) => {
      const input = /** @type {HTMLInputElement | null} */ (document.querySelector(selector));
      if (!input) throw new Error("no file field");
      const chosen = new DataTransfer();
      for (const { name, base64, type } of files) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        chosen.items.add(new File([bytes], name, { type: type ?? "" }));
      }
      input.files = chosen.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    },
    { selector, files },
  );

/**
 * Keeps what a page saves from now on.
 * @param {import('./page.mjs').Page} page
 */
export const catchSavedFile = (page) =>
  page.evaluate(() => {
    const kept = /** @type {{ saved?: Promise<string> }} */ (globalThis);
    const text = async (/** @type {Blob} */ blob) => {
      const bytes = new Uint8Array(await blob.arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    };
    if ("showSaveFilePicker" in window) {
      const own = /** @type {{ showSaveFilePicker: () => Promise<FileSystemFileHandle> }} */ (
        /** @type {unknown} */ (window)
      );
      own.showSaveFilePicker = async () => {
        const folder = await navigator.storage.getDirectory();
        const handle = await folder.getFileHandle("saved", { create: true });
        const getFile = handle.getFile.bind(handle);
        handle.getFile = async () => {
          const file = await getFile();
          kept.saved = text(file);
          return file;
        };
        return handle;
      };
      return;
    }
    const create = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (/** @type {Blob} */ blob) => {
      kept.saved = text(blob);
      return create(blob);
    };
  }, undefined);

/**
 * The last file that was saved, as base64.
 * @param {import('./page.mjs').Page} page
 * @returns {Promise<string>}
 */
export const savedFile = (page) =>
  page.evaluate(
    () => /** @type {{ saved?: Promise<string> }} */ (globalThis).saved ?? "",
    undefined,
  );
