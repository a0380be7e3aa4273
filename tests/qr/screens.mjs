// Screenshots of pages with and without QR codes, for measuring the decoder where it is used.
//
//   node tests/qr/screens.mjs FOLDER [--seed N] [--count N]
//
// Draws pages like those of an account console in headless Chromium and writes, for each, a picture and
// a .json file with the expected texts into FOLDER/seed-N. The seed fixes everything, so that the
// decoder can be measured on pages that nobody has tuned it on.
// CHROMIUM names the browser, /usr/bin/chromium if it is not set.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import qrcode from "qrcode-generator";

/**
 * @typedef {ReturnType<typeof random>} Random
 * @typedef {{ page: string, card: string, text: string, dark: string, light: string }} Theme
 */

/** Mulberry32: small, and the same everywhere. @param {number} seed */
function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (/** @type {number} */ low, /** @type {number} */ high) => low + next() * (high - low),
    integer: (/** @type {number} */ low, /** @type {number} */ high) =>
      Math.floor(low + next() * (high - low + 1)),
    chance: (/** @type {number} */ part) => next() < part,
    /** @template T @param {readonly [T, ...T[]]} list @returns {T} */
    pick: (list) => list[Math.floor(next() * list.length)] ?? list[0],
  };
}

/** Page and card colours, and the code's own: `dark` modules on `light`. */
const THEMES = /** @type {Record<string, (r: Random) => Theme>} */ ({
  light: (r) => ({
    page: "#ffffff",
    card: "#ffffff",
    text: "#16191f",
    dark: r.pick(["#000000", "#16191f", "#232f3e"]),
    light: "#ffffff",
  }),
  grey: () => ({
    page: "#f2f3f3",
    card: "#ffffff",
    text: "#16191f",
    dark: "#000000",
    light: "#ffffff",
  }),
  "dark-card": (r) => ({
    page: r.pick(["#0f1b2a", "#000000", "#161d26"]),
    card: "#ffffff",
    text: "#d1d5db",
    dark: "#000000",
    light: "#ffffff",
  }),
  inverted: (r) => {
    const page = r.pick(["#0f1b2a", "#000000", "#192534", "#1f2937"]);
    return {
      page,
      card: page,
      text: "#d1d5db",
      dark: r.pick(["#ffffff", "#e5e7eb", "#d1d5db"]),
      light: page,
    };
  },
  pale: (r) => {
    const light = r.integer(150, 245);
    const dark = light - r.integer(45, 90);
    return {
      page: "#ffffff",
      card: gray(light),
      text: "#4b5563",
      dark: gray(dark),
      light: gray(light),
    };
  },
  "three-greys": (r) => {
    const page = r.integer(0, 45);
    const card = r.integer(110, 200);
    return {
      page: gray(page),
      card: gray(card),
      text: "#9ca3af",
      dark: gray(Math.round(page + (card - page) * r.between(0.15, 0.55))),
      light: gray(card),
    };
  },
  "pale-inverted": (r) => {
    const page = r.integer(10, 60);
    return {
      page: gray(page),
      card: gray(page),
      text: "#9ca3af",
      dark: gray(page + r.integer(45, 110)),
      light: gray(page),
    };
  },
});

/** @type {[[number, number], ...[number, number][]]} */
const SCREENS = [
  [1920, 1080],
  [1920, 1080],
  [1366, 768],
  [2560, 1440],
  [3840, 2160],
];
/** @type {[number, ...number[]]} */
const ZOOMS = [0.67, 0.8, 0.9, 1, 1, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];
const WORDS = /** @type {[string, ...string[]]} */ (
  "Assign MFA device to your root user account Set up authenticator app Install the app on mobile or computer Show QR code scan with secret key Type two consecutive codes below Virtual devices generate six digit Security credentials console IAM policies access keys sign out Region Frankfurt Ireland billing Learn more Cancel Previous Add".split(
    " ",
  )
);

/** @param {number} level */
function gray(level) {
  const hex = level.toString(16).padStart(2, "0");
  return `#${hex}${hex}${hex}`;
}

/** @param {Random} r @param {number} length */
function base32(r, length) {
  return Array.from({ length }, () => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[r.integer(0, 31)]).join(
    "",
  );
}

/** @param {Random} r */
function payload(r) {
  const account = Array.from({ length: 12 }, () => r.integer(0, 9)).join("");
  const name = `user-${r.integer(1, 99999)}`;
  return r.pick([
    () =>
      `otpauth://totp/Amazon%20Web%20Services:${name}@${account}?secret=${base32(r, 64)}&issuer=Amazon%20Web%20Services`,
    () =>
      `otpauth://totp/Amazon%20Web%20Services:root-account-mfa-device@${account}?secret=${base32(r, 64)}`,
    () => `otpauth://totp/${name}?secret=${base32(r, 32)}&issuer=Example`,
    () => `otpauth-migration://offline?data=${base32(r, r.integer(100, 400))}`,
    () => `https://example.com/d?id=${base32(r, 12)}`,
    () => String(r.integer(1e9, 1e10)),
  ])();
}

/**
 * A code as an element, and what the result should say of it.
 * @param {Random} r
 * @param {Theme} theme
 * @param {string} themeName
 * @param {number} zoom
 * @param {number} room pixels it may take
 */
async function makeCode(r, theme, themeName, zoom, room) {
  const text = payload(r);
  const symbol = qrcode(0, r.pick(["L", "M", "M", "Q", "H"]));
  symbol.addData(text);
  symbol.make();
  const count = symbol.getModuleCount();
  const quiet = r.pick([0, 1, 2, 2, 4, 4]);
  const size = count + 2 * quiet;
  const module = Math.min(
    r.pick([r.between(1.3, 2), r.between(2, 4), r.between(2, 4), r.between(4, 10)]),
    room / size,
  );
  const side = (module * size) / zoom;
  const angle = r.chance(0.12) ? r.between(-180, 180) : 0;
  const how = r.pick(["svg", "img", "img", "pixelated"]);
  const style = `display:block;width:${side}px;height:${side}px;${angle === 0 ? "" : `transform:rotate(${angle}deg);margin:${side * 0.22}px;`}`;
  const rects = [];
  for (let y = 0; y < count; y++) {
    for (let x = 0; x < count; x++) {
      if (symbol.isDark(y, x)) rects.push(`M${x + quiet} ${y + quiet}h1v1h-1z`);
    }
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="${theme.light}"/><path d="${rects.join("")}" fill="${theme.dark}"/></svg>`;
  // A bitmap of a few pixels a module, as sites embed it, which the browser then scales.
  const scale = r.pick([2, 3, 4, 5, 8]);
  const source = `data:image/svg+xml;base64,${Buffer.from(svg.replace("<svg ", `<svg width="${size * scale}" height="${size * scale}" `)).toString("base64")}`;
  const element =
    how === "svg"
      ? svg.replace("<svg ", `<svg style="${style}" `)
      : `<canvas data-source="${source}" width="${size * scale}" height="${size * scale}" style="${style}${how === "pixelated" ? "image-rendering:pixelated;" : ""}"></canvas>`;
  const categories = [
    `theme ${themeName}`,
    `quiet ${quiet}`,
    angle === 0 ? "upright" : "rotated",
    `drawn ${how}`,
  ];
  return { element, text, categories, module };
}

/** Size classes by the modules of the final picture, in pixels. @param {number} module */
function sizes(module) {
  const limit = [1.5, 2, 2.5, 4, 6, Infinity].findIndex((bound) => module < bound);
  const size = ["under 1.5", "1.5-2", "2-2.5", "2.5-4", "4-6", "6 up"][limit];
  return [`module ${size}`, `total ${["under 1.5", "1.5 to 2"][limit] ?? "2 and more"}`];
}

/** Which of the drawn codes lie wholly in the window. */
function visible() {
  return [...document.querySelectorAll(".card > *")].map((code) => {
    const box = code.getBoundingClientRect();
    return box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
  });
}

/** @param {Random} r @param {number} words */
function prose(r, words) {
  const text = Array.from({ length: words }, () => r.pick(WORDS)).join(" ");
  return `<p>${text}.</p>`;
}

/**
 * @param {Random} r
 * @param {string} themeName
 * @param {number} zoom
 * @param {[number, number]} size in pixels
 */
async function makePage(r, themeName, zoom, [width, height]) {
  const theme = THEMES[themeName]?.(r);
  if (theme === undefined) throw new Error(`there is no theme ${themeName}`);
  const count = r.pick([0, 1, 1, 1, 1, 1, 2, 2, 3]);
  const codes = [];
  for (let index = 0; index < count; index++) {
    codes.push(
      await makeCode(r, theme, themeName, zoom, Math.min(height * 0.6, (width * 0.8) / count)),
    );
  }
  // On a card of its own colour a code may also be without the card's padding.
  const padding = r.pick([0, 0, 8, 16]);
  const cards = codes.map(
    ({ element }) => `<div class="card" style="padding:${padding}px">${element}</div>`,
  );
  const html = `<!doctype html><style>
    body{margin:0;font:14px/1.5 "Amazon Ember",Helvetica,Arial,sans-serif;background:${theme.page};color:${theme.text}}
    header{background:#232f3e;color:#fff;padding:8px 20px} aside{float:left;width:180px;padding:20px}
    main{margin-left:220px;padding:20px} .row{display:flex;gap:${r.integer(6, 40)}px;align-items:center}
    .card{background:${theme.card};display:inline-block} input,button{font:inherit;padding:4px 20px;border:1px solid #7d8998;border-radius:8px;background:${theme.page};color:${theme.text}}
    button{background:#ec7211;color:#fff}</style>
    <header>aws &nbsp; Services &nbsp; Search [Alt+S]</header><aside>${Array.from({ length: 14 }, () => `<div>${r.pick(WORDS)} ${r.pick(WORDS)}</div>`).join("")}</aside>
    <main><h2>Set up device</h2>${prose(r, r.integer(10, 60))}<div class="row">${cards.join(prose(r, 6))}</div>
    ${prose(r, r.integer(10, 60))}<input value="MFA code 1"> <input value="MFA code 2"> <button>Add MFA</button>${prose(r, 40)}${prose(r, 80)}</main>`;
  return { html, codes };
}

/** Draws the bitmaps, once the page is there. */
function paint() {
  return Promise.all(
    [...document.querySelectorAll("canvas")].map(async (canvas) => {
      const image = new Image();
      image.src = canvas.dataset.source ?? "";
      await image.decode();
      canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    }),
  );
}

const words = process.argv.slice(2);
/** @param {string} name @param {number} fallback */
const option = (name, fallback) => {
  const at = words.indexOf(name);
  return at < 0 ? fallback : Number(words.splice(at, 2)[1]);
};
const seed = option("--seed", 1);
const total = option("--count", 100);
const [folder] = words;
if (folder === undefined) throw new Error("a folder to write to is missing");
const target = join(folder, `seed-${seed}`);
mkdirSync(target, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  chromiumSandbox: false,
});
const r = random(seed);
for (let index = 0; index < total; index++) {
  const [width, height] = r.pick(SCREENS);
  const zoom = r.pick(ZOOMS);
  const themeName = r.pick(/** @type {[string, ...string[]]} */ (Object.keys(THEMES)));
  const { html, codes } = await makePage(r, themeName, zoom, [width, height]);
  const after = r.pick(["png", "png", "png", "jpeg", "jpeg", "blur", "resample"]);
  const context = await browser.newContext({
    viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) },
    deviceScaleFactor: zoom,
  });
  const page = await context.newPage();
  await page.setContent(html);
  await page.evaluate(paint);
  const inside = await page.evaluate(visible);
  let factor = 1;
  if (after === "blur") {
    await page.addStyleTag({
      content: `body{filter:blur(${(r.between(0.3, 0.7) / zoom).toFixed(2)}px)}`,
    });
  }
  let picture = await page.screenshot(
    after === "jpeg" ? { type: "jpeg", quality: r.integer(40, 92) } : {},
  );
  await context.close();
  if (after === "resample") {
    factor = r.pick([r.between(0.85, 0.98), r.between(1.03, 1.4)]);
    const scaled = await browser.newContext({
      viewport: { width: Math.round(width * factor), height: Math.round(height * factor) },
    });
    const view = await scaled.newPage();
    await view.setContent(
      `<body style="margin:0"><img style="display:block;width:${width * factor}px" src="data:image/png;base64,${picture.toString("base64")}">`,
    );
    await view.evaluate(() => document.querySelector("img")?.decode());
    picture = await view.screenshot();
    await scaled.close();
    for (const code of codes) code.categories.push(`resampled ${factor < 1 ? "down" : "up"}`);
  }
  for (const code of codes) {
    code.categories.push(
      `after ${after}`,
      `screen ${height}`,
      `codes ${codes.length}`,
      ...sizes(code.module * factor),
    );
  }
  const name = join(target, String(index).padStart(4, "0"));
  writeFileSync(`${name}.${after === "jpeg" ? "jpg" : "png"}`, picture);
  const described = codes.map(({ text, categories }) => ({ text, categories }));
  const whole = described.filter((_, at) => inside[at]);
  // A code that the window cuts off may be read, but need not be.
  const cut = described.filter((_, at) => !inside[at]).map(({ text }) => text);
  writeFileSync(`${name}.json`, `${JSON.stringify({ zoom, codes: whole, cut })}\n`);
}
await browser.close();
