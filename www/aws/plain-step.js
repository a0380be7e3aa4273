/** The redesigned MFA step without a framework, for pages that are about what is around it. */
import { sendCode, sendPassword } from "./client.js";

/**
 * @returns {HTMLElement} asks for alice's code and signs her in with it
 */
export function signInStep() {
  const card = document.createElement("main");
  card.className = "card";
  const form = document.createElement("form");
  const heading = document.createElement("h1");
  heading.textContent = "Multi-factor authentication";
  const error = document.createElement("p");
  error.className = "error";
  error.hidden = true;
  const field = document.createElement("div");
  field.className = "field";
  const label = document.createElement("label");
  label.htmlFor = "mfaCode";
  label.textContent = "MFA code";
  const box = document.createElement("input");
  box.id = "mfaCode";
  box.name = "mfaCode";
  box.type = "text";
  const button = document.createElement("button");
  button.type = "submit";
  button.dataset.testid = "mfa-submit-button";
  button.textContent = "Submit";
  field.append(label, box);
  form.append(heading, error, field, button);
  card.append(form);

  const user = { account: "example-corp", userName: "alice", password: "made-up-password" };
  const authenticated = sendPassword({ kind: "iam", ...user });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const password = await authenticated;
    const reply = await sendCode({
      ticket: password.next === "mfa" ? password.ticket : "",
      code: box.value,
    });
    if (reply.next === "done") {
      window.top?.location.assign(reply.location);
    } else if (reply.next === "again") {
      error.textContent = reply.error;
      error.hidden = false;
    }
  });
  return card;
}
