/** The behaviour of `root-2017.html`: plain handlers, steps shown and hidden in one document. */
import { sendCode, sendPassword } from "../client.js";

/** @param {string} id */
function form(id) {
  return /** @type {HTMLFormElement} */ (document.querySelector(`#${id}`));
}

/** @param {string} id */
function textIn(id) {
  return /** @type {HTMLInputElement} */ (document.querySelector(`#${id}`)).value;
}

const steps = [form("user_step"), form("password_step"), form("mfa_step")];
const error = form("error_message");
let ticket = "";

/** @param {HTMLFormElement} step */
function show(step) {
  for (const each of steps) {
    each.hidden = each !== step;
  }
  error.hidden = true;
  /** @type {HTMLInputElement | null} */ (step.querySelector("input:not([type=radio])"))?.focus();
}

/** @param {string} text */
function refuse(text) {
  error.textContent = text;
  error.hidden = false;
}

form("user_step").addEventListener("submit", (event) => {
  event.preventDefault();
  show(form("password_step"));
});

form("password_step").addEventListener("submit", async (event) => {
  event.preventDefault();
  const email = textIn("resolving_input");
  const reply = await sendPassword({ kind: "root", email, password: textIn("password") });
  if (reply.next === "mfa") {
    ticket = reply.ticket;
    show(form("mfa_step"));
  } else if (reply.next === "done") {
    location.assign(reply.location);
  } else {
    refuse(reply.error);
  }
});

form("mfa_step").addEventListener("submit", async (event) => {
  event.preventDefault();
  const reply = await sendCode({ ticket, code: textIn("mfaCode") });
  if (reply.next === "done") {
    location.assign(reply.location);
  } else if (reply.next === "again") {
    refuse(reply.error);
  }
});
