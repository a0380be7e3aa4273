/** The behaviour of `legacy-dialog.html`. The QR code is an image with a data URL, as the old back end sent a PNG. */
import qrcode from "qrcode-generator";
import { assignDevice, createDevice, whoIsIt } from "../client.js";

const MODULE_PX = 4;
const QUIET_MODULES = 4;

/**
 * @template {HTMLElement} Found
 * @param {string} id
 * @param {new () => Found} kind
 * @returns {Found}
 */
function byId(id, kind) {
  const element = document.querySelector(`#${id}`);
  if (!(element instanceof kind)) {
    throw new TypeError(`#${id} is not there`);
  }
  return element;
}

const dialog = byId("dialog", HTMLElement);
const boxes = [byId("mfa-1", HTMLInputElement), byId("mfa-2", HTMLInputElement)];
const assign = byId("assign", HTMLButtonElement);
const error = byId("error", HTMLElement);

byId("manage", HTMLButtonElement).addEventListener("click", async () => {
  const who = await whoIsIt();
  const device = await createDevice(who, `${who.userName}-virtual`);
  if (!device.ok) {
    throw new Error(device.message);
  }
  dialog.hidden = false;
  byId("show-qr", HTMLAnchorElement).addEventListener("click", (event) => {
    event.preventDefault();
    byId("show-qr", HTMLAnchorElement).replaceWith(imageOf(device.uri));
  });
  byId("show-key", HTMLAnchorElement).addEventListener("click", (event) => {
    event.preventDefault();
    byId("secret", HTMLElement).hidden = false;
    byId("secret", HTMLElement).textContent = device.base32StringSeed;
  });
  assign.addEventListener("click", async () => {
    const reply = await assignDevice(
      who,
      device.serialNumber,
      boxes.map(({ value }) => value),
    );
    if (reply.ok) {
      dialog.hidden = true;
      byId("flash", HTMLElement).hidden = false;
    } else {
      error.textContent = `Invalid MFA Code. ${reply.message}`;
      error.hidden = false;
    }
  });
});

for (const box of boxes) {
  box.addEventListener("input", () => {
    assign.disabled = boxes.some(({ value }) => value === "");
  });
}
for (const id of ["cancel", "previous"]) {
  byId(id, HTMLButtonElement).addEventListener("click", () => {
    dialog.hidden = true;
  });
}

/** @param {string} text */
function imageOf(text) {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const image = document.createElement("img");
  image.alt = "";
  image.src = code.createDataURL(MODULE_PX, QUIET_MODULES * MODULE_PX);
  return image;
}
