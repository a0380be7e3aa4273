/**
 * The content script where AWS enrols MFA devices. It finds the boxes, and after a gesture reads the QR
 * code's pixels and the secret key and hands them to the background, which answers with codes to fill.
 * It keeps neither, and never holds a secret of the vault.
 */

import type { EnrolmentFacts, EnrolmentStep, OfferView } from "../../protocol";
import { fillField } from "../fill";
import { type Offer, openOffer } from "../offer";
import { openRoots, type Root } from "../open-roots";
import { sampleClock } from "../server-clock";
import { watch } from "../watch";
import { ask, onLookAgain } from "./background";
import { type Identity, readConsoleIdentity } from "./console-identity";
import { type CodeForm, findForm } from "./form";
import { Refusals, Successes, serialNumbersShown } from "./outcome";
import { picturesIn } from "./pictures";
import { readPictures } from "./pixels";
import { secretKeyIn } from "./secret-key";

/**
 * In a document that has not had a form, the outcome of one in the document before is looked for this
 * long, in milliseconds of its life.
 */
const OUTCOME_MS = 20_000;
/** A form that is drawn anew is gone for a moment; it is not over. Milliseconds. */
const GONE_MS = 500;

const stop = new AbortController();
const { signal } = stop;
const dismissed = new WeakSet<HTMLElement>();
const refusals = new Refusals(() => look(openRoots()), signal);
const successes = new Successes();
const page: {
  form: CodeForm | undefined;
  identity: Identity;
  told: string;
  goneSince: number | undefined;
  hadForm?: boolean;
  offer?: Offer | undefined;
  beside?: HTMLElement;
  passing?: boolean;
  pressing?: boolean;
  /** What was filled last; when the boxes hold something else, they are the user's again. */
  written: string[];
  timer?: ReturnType<typeof setTimeout>;
  /** Requests go one after the other, so that no answer overtakes a later one. */
  last: Promise<unknown>;
} = {
  form: undefined,
  identity: {},
  told: "",
  goneSince: undefined,
  written: [],
  last: Promise.resolve(),
};

function look(roots: Root[]): void {
  const form = findForm(roots);
  refusals.look();
  page.identity = readConsoleIdentity(page.identity);
  // It is over at once where the page says so.
  if (form === undefined && page.form !== undefined && successes.find() === undefined) {
    page.goneSince ??= performance.now();
    const left = page.goneSince + GONE_MS - performance.now();
    if (left > 0) {
      setTimeout(() => look(openRoots()), left);
      return;
    }
  }
  page.goneSince = undefined;
  if (form !== undefined) {
    page.hadForm = true;
    successes.ignoreShown();
  }
  const sameBoxes = form?.boxes.every((box, at) => box === page.form?.boxes[at]) ?? false;
  page.form = form;
  const facts = factsOf(form);
  const told = JSON.stringify(facts);
  if (told === page.told && (sameBoxes || form === undefined)) return;
  page.told = told;
  if (!sameBoxes) {
    page.written = [];
    clearTimeout(page.timer);
  }
  tellSeen(facts);
}

function factsOf(form: CodeForm | undefined): EnrolmentFacts {
  const mayTell = page.hadForm || performance.now() < OUTCOME_MS;
  const lists = form === undefined ? mayTell : form.kind === "resync";
  return {
    ...page.identity,
    form: form?.kind ?? "none",
    shown: form?.shown ?? false,
    refusals: refusals.count,
    serialNumbers: lists ? serialNumbersShown() : [],
    success: form === undefined && mayTell && successes.find() !== undefined,
  };
}

function tellSeen(facts: EnrolmentFacts): void {
  tell(async () => {
    const { sampleClock: wanted, ...step } = await ask("enrolmentSeen", facts);
    await take(step);
    if (wanted) await ask("clockSampled", { samples: await sampleClock() });
  });
}

/** Does what the background says is next. */
async function take({ offer, codes, askAgainSeconds }: EnrolmentStep): Promise<void> {
  showOffer(offer);
  if (codes !== undefined) {
    const kept = await write(codes);
    if (page.form !== undefined) await take(await ask("codesWritten", { kept }));
  }
  if (askAgainSeconds !== undefined) {
    clearTimeout(page.timer);
    page.timer = setTimeout(askForCodes, askAgainSeconds * 1000);
  }
}

function askForCodes(): void {
  const { form, written } = page;
  // The user has typed something else, or cleared the boxes: that is not to be overwritten.
  const own = written.every((code, at) => form?.boxes[at]?.value === code);
  if (form?.boxes[0]?.isConnected && own) {
    tell(async () => take(await ask("codesWanted", {})));
  }
}

/** Fills the boxes; the focus stays where it was when they are filled anew. */
async function write(codes: string[]): Promise<boolean> {
  const boxes = page.form?.boxes ?? [];
  if (boxes.length !== codes.length) return false;
  const focused = page.written.length > 0 ? document.activeElement : null;
  page.written = [...codes];
  // All at once: two codes that do not belong together never stand there.
  const kept = await Promise.all(boxes.map((box, at) => fillField(box, codes[at] ?? "")));
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  else boxes[0]?.scrollIntoView({ block: "nearest" });
  return kept.every(Boolean);
}

function pressed(action: string): void {
  // A double click is one wish.
  if (page.pressing) return;
  page.pressing = true;
  const over = () => {
    page.pressing = false;
  };
  tell(
    async () => {
      const { form } = page;
      page.written = [];
      const scans = action === "scan" && form !== undefined;
      const secretKey = scans ? secretKeyIn(form.scope) : undefined;
      const pictures = scans ? await readPictures(picturesIn(form.scope)) : [];
      const request = secretKey === undefined ? { pictures } : { pictures, secretKey };
      await take(await ask("enrolmentPressed", { action, ...request }));
      over();
    },
    // The background was ended meanwhile, or what it knew of this page is too old.
    () => {
      over();
      tellSeen(factsOf(page.form));
    },
  );
}

function showOffer(view: OfferView | null): void {
  const { form } = page;
  const anchor = form?.boxes[0] ?? successes.find() ?? headingShown();
  const [picture] = form ? picturesIn(form.scope) : [];
  // The user looks at the QR code; the boxes may lie below what is in sight.
  const beside = picture?.likely ? (picture.element as HTMLElement) : anchor;
  if (view === null || dismissed.has(anchor)) {
    // What goes by itself stays for its time: the page goes on changing.
    if (!page.passing) hideOffer();
  } else if (page.offer?.anchor === anchor && page.beside === beside) {
    page.passing = view.passing;
    page.offer.show(view);
  } else {
    hideOffer();
    page.beside = beside;
    page.passing = view.passing;
    const ended = (why: string) => {
      hideOffer();
      if (why !== "passed") dismissed.add(anchor);
      if (why === "tampered") tell(() => ask("offerTamperedWith", {}));
    };
    page.offer = openOffer(anchor, view, { pressed, ended }, beside);
  }
}

/** Where to ask how it went, once the boxes have gone. */
function headingShown(): HTMLElement {
  const headings = [...document.querySelectorAll<HTMLElement>("main h1, h1, main")];
  return headings.find((heading) => heading.checkVisibility()) ?? document.body;
}

function hideOffer(): void {
  page.offer?.remove();
  page.offer = undefined;
  page.passing = false;
}

function tell(task: () => Promise<unknown>, failed?: () => void): void {
  page.last = page.last.then(task).catch(() => {
    if (chrome.runtime?.id !== undefined) return failed?.();
    // After an update this script lives on without its extension: it takes itself away.
    stop.abort();
    clearTimeout(page.timer);
    hideOffer();
  });
}

// Match patterns let other ports and a final dot through; such pages are none of AWS's.
if (/[a-z]$/.test(location.host)) {
  onLookAgain(() => tellSeen(factsOf(page.form)));
  watch(look, signal);
}
