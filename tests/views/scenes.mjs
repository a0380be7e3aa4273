/**
 * Every view of the extension in every state, and how a person gets there. The states are those of
 * `extension/src/ui/testing/gallery.tsx`.
 */

/**
 * @typedef {import("playwright-core").Page} Page
 *
 * @typedef {object} Scene
 * @property {string} name
 * @property {"popup" | "welcome" | "options" | "scan" | "import"} page
 * @property {string} state
 * @property {string} [query] more of the gallery's address
 * @property {number} [width] of the window, where it matters
 * @property {(page: Page) => Promise<unknown>} [act] what the user does first
 */

const PASSPHRASE = "correct horse battery staple";
const URI =
  "otpauth://totp/Amazon%20Web%20Services:alice-phone@123456789012?secret=MADEUPMADEUP&issuer=Amazon%20Web%20Services";

const field = (/** @type {Page} */ page, /** @type {string} */ label, place = 0) =>
  page.getByLabel(label, { exact: true }).nth(place);
const press = (/** @type {Page} */ page, /** @type {string} */ name) =>
  page.getByRole("button", { name, exact: true }).click();
const shows = (/** @type {Page} */ page, /** @type {string} */ text) =>
  page.getByText(text).first().waitFor();

/** @param {Page} page @param {string} passphrase */
async function unlock(page, passphrase) {
  await field(page, "Passphrase").fill(passphrase);
  await page.keyboard.press("Enter");
}

/** @param {Page} page @param {string} key */
async function addKey(page, key) {
  await press(page, "Add an entry");
  await field(page, "Secret key or otpauth:// address").fill(key);
}

/** @param {Page} page */
async function edit(page) {
  await press(page, "Edit example-production, alice · IAM user");
  await shows(page, "Edit the entry");
}

/** @param {Page} page */
async function toQr(page) {
  await edit(page);
  await press(page, "Show its QR code");
  await shows(page, "Type the passphrase to see it");
}

/** @param {Page} page @param {string} first @param {string} repeated */
async function choosePassphrase(page, first, repeated = first) {
  await field(page, "New passphrase").fill(first);
  await field(page, "Repeat the passphrase").fill(repeated);
  await page.keyboard.press("Enter");
}

/** @param {Page} page */
async function toRecoveryCode(page) {
  await choosePassphrase(page, PASSPHRASE);
  await shows(page, "Write down the recovery code");
}

/** @param {Page} page */
async function toCheck(page) {
  await toRecoveryCode(page);
  await press(page, "I have written it down");
  await shows(page, "Check what you wrote down");
}

/** @param {Page} page */
async function toFirstEntry(page) {
  await toCheck(page);
  await field(page, "Group 2").fill("efgh");
  await field(page, "Group 3").fill("ijkl");
  await page.keyboard.press("Enter");
  await shows(page, "The vault is ready");
}

/** @type {Omit<Scene, "page">[]} */
const popup = [
  { name: "absent", state: "absent" },
  { name: "no-answer", state: "no-answer" },
  { name: "locked", state: "locked" },
  {
    name: "locked-wrong",
    state: "locked",
    act: async (page) => {
      await unlock(page, "nonsense");
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "locked-busy",
    state: "locked",
    query: "&busy",
    act: async (page) => {
      await unlock(page, PASSPHRASE);
      await shows(page, "Unlocking");
    },
  },
  {
    name: "locked-recovery-code",
    state: "locked",
    act: (page) => press(page, "Use the recovery code instead"),
  },
  {
    name: "unreadable",
    state: "unreadable",
    act: async (page) => {
      await unlock(page, PASSPHRASE);
      await shows(page, "The vault cannot be read");
    },
  },
  { name: "empty", state: "empty" },
  { name: "one", state: "one" },
  { name: "kinds", state: "kinds" },
  { name: "many", state: "many" },
  { name: "long-names", state: "long" },
  { name: "damaged", state: "damaged" },
  { name: "rescued", state: "rescued" },
  { name: "next-code", state: "kinds", query: "&seconds=21" },
  { name: "last-seconds", state: "kinds", query: "&seconds=26" },
  { name: "prompt", state: "prompt" },
  { name: "prompt-next-code", state: "prompt", query: "&seconds=22" },
  { name: "prompt-several", state: "prompt-several" },
  { name: "prompt-none", state: "prompt-none" },
  { name: "prompt-chooser", state: "prompt-chooser" },
  { name: "prompt-long-names", state: "prompt-long" },
  {
    name: "prompt-refused",
    state: "prompt-refused",
    act: async (page) => {
      await page.keyboard.press("Enter");
      await page.getByRole("alert").waitFor();
    },
  },
  { name: "found", state: "kinds", act: (page) => page.keyboard.type("alice prod") },
  { name: "nothing-found", state: "kinds", act: (page) => page.keyboard.type("zebra") },
  {
    name: "focus",
    state: "kinds",
    act: async (page) => {
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
    },
  },
  {
    name: "copied",
    state: "kinds",
    act: async (page) => {
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await shows(page, "Copied");
    },
  },
  { name: "add", state: "kinds", act: (page) => press(page, "Add an entry") },
  {
    name: "add-key-uri",
    state: "kinds",
    act: async (page) => {
      await addKey(page, URI);
      await page.getByRole("region", { name: "Preview" }).waitFor();
    },
  },
  {
    name: "add-secret-key",
    state: "kinds",
    act: async (page) => {
      await addKey(page, "MADE UPMA DEUP");
      await field(page, "Account name").fill("alice@example-corp");
      await page.getByRole("region", { name: "Preview" }).waitFor();
    },
  },
  {
    name: "add-refused",
    state: "kinds",
    act: async (page) => {
      await addKey(page, "made-up 0189");
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "add-known",
    state: "known",
    act: async (page) => {
      await addKey(page, URI);
      await shows(page, "You have this one already");
    },
  },
  { name: "edit", state: "kinds", act: edit },
  {
    name: "edit-missing",
    state: "kinds",
    act: async (page) => {
      await press(page, "Edit 2109-8765-4321, alice · IAM user");
      await shows(page, "Edit the entry");
    },
  },
  {
    name: "edit-colours",
    state: "grouped",
    act: async (page) => {
      await page.getByRole("button", { name: /^Edit example-production, alice/ }).click();
      await page.getByRole("group", { name: "Colour" }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: "edit-identity-center",
    state: "center",
    act: async (page) => {
      await page.getByRole("button", { name: /^Edit/ }).click();
      await shows(page, "Edit the entry");
    },
  },
  { name: "qr-ask", state: "kinds", act: toQr },
  {
    name: "qr-wrong",
    state: "kinds",
    act: async (page) => {
      await toQr(page);
      await page.keyboard.type("nonsense");
      await page.keyboard.press("Enter");
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "qr",
    state: "kinds",
    act: async (page) => {
      await toQr(page);
      await page.keyboard.type(PASSPHRASE);
      await page.keyboard.press("Enter");
      await page.getByRole("img", { name: "QR code of" }).waitFor();
    },
  },
  { name: "grouped", state: "grouped" },
  { name: "grouped-pinned", state: "grouped-pinned" },
  {
    name: "moved",
    state: "grouped",
    act: async (page) => {
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Alt+ArrowDown");
      await shows(page, "Moved");
    },
  },
  { name: "ordered", state: "ordered" },
  {
    name: "pinned",
    state: "kinds",
    act: async (page) => {
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("End");
      await page.keyboard.press("Alt+p");
      await shows(page, "Pinned to the top");
    },
  },
  { name: "hidden", state: "hidden" },
  {
    name: "revealed",
    state: "hidden",
    act: async (page) => {
      await page.keyboard.press("ArrowDown");
      const rtl = await page.evaluate(() => document.documentElement.dir === "rtl");
      await page.keyboard.press(rtl ? "ArrowLeft" : "ArrowRight");
    },
  },
  { name: "hidden-prompt", state: "hidden-prompt" },
  { name: "digits", state: "digits" },
  {
    name: "shortcuts",
    state: "hidden",
    act: async (page) => {
      await page.keyboard.press("?");
      await shows(page, "From entry to entry");
    },
  },
  {
    name: "shortcuts-mac",
    state: "hidden",
    query: "&mac",
    act: async (page) => {
      await page.keyboard.press("?");
      await shows(page, "⌘Z");
    },
  },
  { name: "edit-pending", state: "pending", act: edit },
  { name: "enrolment", state: "enrolment" },
  { name: "scan-nothing", state: "scan" },
  { name: "scan-codes", state: "scan", query: "&codes" },
  {
    name: "edit-end",
    state: "kinds",
    act: async (page) => {
      await edit(page);
      await page.getByRole("button", { name: "Delete the entry" }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: "edit-elsewhere",
    state: "prompt",
    act: (page) => press(page, "Edit Example Mail, alice@example.com"),
  },
  {
    name: "deleted",
    state: "kinds",
    act: async (page) => {
      await edit(page);
      await press(page, "Delete the entry");
      await page.getByRole("button", { name: "Undo" }).waitFor();
    },
  },
];

/** @type {Omit<Scene, "page">[]} */
const welcome = [
  { name: "passphrase", state: "absent" },
  {
    name: "passphrase-short",
    state: "absent",
    act: (page) => choosePassphrase(page, "short"),
  },
  {
    name: "passphrase-different",
    state: "absent",
    act: (page) => choosePassphrase(page, PASSPHRASE, "other"),
  },
  { name: "recovery-code", state: "absent", act: toRecoveryCode },
  { name: "recovery-check", state: "absent", act: toCheck },
  {
    name: "recovery-check-wrong",
    state: "absent",
    act: async (page) => {
      await toCheck(page);
      await field(page, "Group 2").fill("efgh");
      await page.keyboard.press("Enter");
    },
  },
  { name: "first-entry", state: "absent", act: toFirstEntry },
  {
    name: "later",
    state: "absent",
    act: async (page) => {
      await toFirstEntry(page);
      await press(page, "Later");
    },
  },
  { name: "done", state: "one" },
  { name: "pin", state: "unpinned" },
  { name: "locked", state: "locked" },
];

/** @type {Omit<Scene, "page">[]} */
const options = [
  { name: "unlocked", state: "kinds" },
  { name: "locked", state: "locked" },
  { name: "absent", state: "absent" },
  { name: "rescued", state: "rescued" },
  {
    name: "contents",
    state: "kinds",
    act: async (page) => {
      await page.getByText("Contents", { exact: true }).click();
      await page.getByRole("link", { name: "About" }).waitFor();
    },
  },
  {
    name: "contents-beside",
    state: "kinds",
    width: 1280,
    act: (page) =>
      page.getByRole("link", { name: "Locking" }).and(page.locator("[aria-current]")).waitFor(),
  },
  {
    name: "passphrase-changed",
    state: "kinds",
    act: async (page) => {
      await field(page, "Current passphrase").fill(PASSPHRASE);
      await choosePassphrase(page, `${PASSPHRASE}!`);
      await shows(page, "The passphrase is changed");
    },
  },
  {
    name: "new-recovery-code",
    state: "kinds",
    act: async (page) => {
      await field(page, "Current passphrase", 1).fill(PASSPHRASE);
      await press(page, "Make a new recovery code");
      await shows(page, "Write the new code down");
    },
  },
];

/** @type {Omit<Scene, "page">[]} */
const scan = [
  { name: "unlocked", state: "kinds" },
  { name: "locked", state: "locked" },
  { name: "absent", state: "absent" },
];

const AWS = "issuer=Amazon%20Web%20Services";
const EXPORT = [
  `otpauth://totp/Amazon%20Web%20Services:carol@123456789012?secret=NEWAAAAA&${AWS}`,
  `otpauth://totp/Amazon%20Web%20Services:root-account-mfa-device@example-corp?secret=NEWBBBBB&${AWS}`,
  `otpauth://totp/Amazon%20Web%20Services:same@123456789012?secret=SAMEAAAA&${AWS}`,
  `otpauth://totp/Amazon%20Web%20Services:david@210987654321?secret=CHANGEDA&${AWS}`,
  `otpauth://totp/Amazon%20Web%20Services:erin@210987654321?secret=DELETEDA&${AWS}`,
  "otpauth://hotp/Example%20Bank:alice?secret=HOTPAAAA&issuer=Example%20Bank&counter=5",
  "refused steam Steam: alice",
  "refused missingPart Part 2 of 3",
].join("\n");

/** @param {Page} page @param {string} text @param {string} name */
const give = (page, text, name = "export.txt") =>
  page
    .locator("input[type=file]")
    .setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });

/** @param {Page} page */
async function toReview(page) {
  await give(page, EXPORT);
  await page.getByRole("heading", { name: "2 new entries" }).waitFor();
}

/** @type {Omit<Scene, "page">[]} */
const importing = [
  { name: "unlocked", state: "import" },
  { name: "locked", state: "locked" },
  { name: "absent", state: "absent" },
  {
    name: "help",
    state: "import",
    act: async (page) => {
      await page.getByText("What can be read?").click();
      await page.getByText("How do I get an export?").click();
    },
  },
  { name: "paste", state: "import", act: (page) => press(page, "Paste text instead") },
  {
    name: "reading",
    state: "import",
    act: async (page) => {
      await give(page, "stuck", "vault.json");
      await shows(page, "Reading vault.json");
    },
  },
  {
    name: "password",
    state: "import",
    act: async (page) => {
      await give(page, `encrypted\n${EXPORT}`, "aegis-export.json");
      await shows(page, "aegis-export.json is encrypted");
    },
  },
  {
    name: "password-wrong",
    state: "import",
    act: async (page) => {
      await give(page, `encrypted\n${EXPORT}`, "aegis-export.json");
      await field(page, "Password of this file").fill("not this one");
      await page.keyboard.press("Enter");
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "unreadable",
    state: "import",
    act: async (page) => {
      await give(page, "unreadable bitwardenAccount", "bitwarden.json");
      await page.getByRole("alert").waitFor();
    },
  },
  { name: "review", state: "import", act: toReview },
  {
    name: "partition",
    state: "import",
    act: async (page) => {
      await toReview(page);
      await field(page, "Partition").selectOption({ label: "GovCloud" });
    },
  },
  {
    name: "saved",
    state: "import",
    act: async (page) => {
      await toReview(page);
      await press(page, "Save 3 entries");
      await shows(page, "Saved, read back and compared");
    },
  },
  {
    name: "undone",
    state: "import",
    act: async (page) => {
      await toReview(page);
      await press(page, "Save 3 entries");
      await press(page, "Undo the import");
      await shows(page, "The import is undone");
    },
  },
];

/** @param {Page} page @param {string} form */
async function exportAs(page, form) {
  await page.getByLabel("Format", { exact: true }).selectOption({ label: form });
}

/** @type {Omit<Scene, "page">[]} */
const exporting = [
  {
    name: "export-encrypted",
    state: "kinds",
    act: (page) => exportAs(page, "An Aegis file, encrypted"),
  },
  {
    name: "export-phone",
    state: "kinds",
    act: async (page) => {
      await exportAs(page, "QR codes for a phone");
      const part = page.locator("#export");
      await part.getByLabel("Current passphrase", { exact: true }).fill(PASSPHRASE);
      await page.keyboard.press("Enter");
      await shows(page, "Part 1 of 6");
    },
  },
];

/** @param {Scene["page"]} page @param {Omit<Scene, "page">[]} scenes @returns {Scene[]} */
const on = (page, scenes) =>
  scenes.map((scene) => ({ ...scene, page, name: `${page}-${scene.name}` }));

export const scenes = [
  ...on("popup", popup),
  ...on("welcome", welcome),
  ...on("options", options),
  ...on("options", exporting),
  ...on("scan", scan),
  ...on("import", importing),
];
