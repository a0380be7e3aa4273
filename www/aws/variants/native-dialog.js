/*
 * Imitates: the redesigned MFA step in a modal dialog of the browser. Everything outside such a dialog is inert, also what
 *   others put into the top layer.
 * Source: none; a hard case for whoever shows something beside the field.
 */
import { signInStep } from "../plain-step.js";

const dialog = document.createElement("dialog");
dialog.append(signInStep());
document.body.append(dialog);
dialog.showModal();
