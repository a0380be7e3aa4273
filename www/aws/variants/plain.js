/*
 * Imitates: the redesigned MFA step without a framework. Also what the pages with frames show inside them.
 * Source: as sign-in-2024.jsx for the names of box and button.
 */
import { signInStep } from "../plain-step.js";

document.querySelector("#__next")?.append(signInStep());
