/**
 * `npm run views`: a picture of every view in every look, into `build/views-pictures`, which is not
 * committed. `npm run views -- popup-grouped dark` takes those whose names have all of these parts,
 * `npm run views -- --languages` every view in every language but English, as light and narrow as it comes,
 * `npm run views -- --readme` the pictures of the README.
 */

import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { looks, openGallery, takeLanguagePictures, takePictures } from "../tests/views/gallery.mjs";
import { scenes } from "../tests/views/scenes.mjs";
import { takeReadmePictures } from "./readme-pictures.mjs";
import { root, runScript } from "./steps.mjs";

const folder = join(root, "build/views-pictures");
const languages = readdirSync(join(root, "extension/_locales"))
  .map((name) => name.replace("_", "-"))
  .filter((name) => name !== "en");

await runScript(async () => {
  const parts = process.argv.slice(2);
  const browser = await openGallery();
  try {
    if (parts.includes("--readme")) return await takeReadmePictures(browser);
    if (parts.length === 0) rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    if (parts.includes("--languages")) {
      await takeLanguagePictures(browser, scenes, languages, (scene, language) =>
        join(folder, `${scene.name}.${language}.png`),
      );
      return;
    }
    for (const look of looks) {
      const nameOf = (/** @type {{ name: string }} */ scene) => `${scene.name}.${look.name}.png`;
      const wanted = scenes.filter((scene) => parts.every((part) => nameOf(scene).includes(part)));
      await takePictures(browser, look, wanted, (scene) => join(folder, nameOf(scene)));
    }
  } finally {
    await browser.close();
  }
});
