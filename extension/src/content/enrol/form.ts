/**
 * Finds the boxes into which AWS wants the codes of a new device, or of one that is to be
 * resynchronised. Ids and test ids of these pages are not known, so what boxes say decides: the word
 * MFA stays in every language of the console, and the labels of a pair end in 1 and 2.
 */

import type { EnrolmentForm } from "../../protocol";
import { labelsOf } from "../field-text";
import { isFillable } from "../fillable";
import type { Root } from "../open-roots";
import { CODE, MFA, saysOther } from "../structural-match";
import { picturesIn } from "./pictures";
import { secretKeyIn } from "./secret-key";

/** The types of box that AWS could ask for a code in: a console has many boxes to tick. */
const TYPES = ["text", "tel", "number", "password"];

export type CodeForm = {
  kind: Exclude<EnrolmentForm, "none">;
  boxes: HTMLInputElement[];
  /** The part of the page in which its QR code and its secret key would stand. */
  scope: HTMLElement;
  /** A QR code or a secret key is shown. */
  shown: boolean;
};

/** The form that this page shows, or `undefined`: rather none than the wrong one. */
export function findForm(roots: readonly Root[]): CodeForm | undefined {
  for (const root of roots) {
    const inputs = [...root.querySelectorAll("input")].filter(({ type }) => TYPES.includes(type));
    // Words first: to ask what is visible makes the browser lay out a page that has changed.
    if (!inputs.some(saysCode)) continue;
    const boxes = inputs.filter(isFillable);
    const form = pairAmong(boxes) ?? singleAmong(boxes);
    if (form !== undefined) return form;
  }
  return undefined;
}

function pairAmong(boxes: HTMLInputElement[]): CodeForm | undefined {
  const [first, second, ...more] = boxes.filter((box) => numberOf(box) !== undefined);
  if (first === undefined || second === undefined || more.length > 0) return undefined;
  if (numberOf(first) !== "1" || numberOf(second) !== "2") return undefined;
  const pair = [first, second];
  // A third box is for the serial number of a hardware token: no software makes its codes.
  if (!standAlone(pair, boxes)) return undefined;
  const scope = scopeOf(first);
  const shown = showsSecret(scope);
  const kind = shown || offersSecret(scope) ? "pair" : "resync";
  return { kind, boxes: pair, scope, shown };
}

/** IAM Identity Center and Builder ID ask for one code. Without a QR code it is a sign-in. */
function singleAmong(boxes: HTMLInputElement[]): CodeForm | undefined {
  const [box, ...more] = boxes.filter(saysCode);
  if (box === undefined || more.length > 0 || !standAlone([box], boxes)) return undefined;
  const scope = scopeOf(box);
  const shown = showsSecret(scope);
  if (!shown && !offersSecret(scope)) return undefined;
  return { kind: "single", boxes: [box], scope, shown };
}

/** "MFA code 1" and the like: the number at the end of a label. */
function numberOf(box: HTMLInputElement): string | undefined {
  for (const label of labelsOf(box)) {
    const number = /([12])\s*[*:：]?$/.exec(label)?.[1];
    if (number !== undefined && MFA.test(label) && CODE.test(label)) return number;
  }
  return undefined;
}

function saysCode(box: HTMLInputElement): boolean {
  const labels = labelsOf(box);
  return labels.some((label) => CODE.test(label)) && !labels.some(saysOther);
}

/** Whether these are the only boxes to type in, in the form around them. */
function standAlone(these: HTMLInputElement[], boxes: HTMLInputElement[]): boolean {
  const block = these[0]?.closest("form, dialog, [role=dialog], section, main");
  return boxes.every((box) => these.includes(box) || (block ? !block.contains(box) : false));
}

function scopeOf(box: HTMLInputElement): HTMLElement {
  return box.closest<HTMLElement>("dialog, [role=dialog], main") ?? box.ownerDocument.body;
}

function showsSecret(scope: HTMLElement): boolean {
  return picturesIn(scope).some(({ likely }) => likely) || secretKeyIn(scope) !== undefined;
}

/** A button or link that would show the QR code. "QR" stays in every language but one. */
function offersSecret(scope: HTMLElement): boolean {
  return [...scope.querySelectorAll<HTMLElement>("button, a, [role=button], summary")].some(
    (control) => /\bQR|二维码/.test(control.textContent ?? "") && control.checkVisibility(),
  );
}
