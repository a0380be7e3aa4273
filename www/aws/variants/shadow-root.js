/*
 * Imitates: the redesigned MFA step inside an open shadow root, as a web component would draw it.
 * Source: none; no AWS sign-in page is known to do so.
 */
import { signInStep } from "../plain-step.js";

customElements.define(
  "simulated-mfa-step",
  class extends HTMLElement {
    connectedCallback() {
      const root = this.attachShadow({ mode: "open" });
      const style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = "/assets/simulated.css";
      root.append(style, signInStep());
    }
  },
);
document.querySelector("#__next")?.append(document.createElement("simulated-mfa-step"));
