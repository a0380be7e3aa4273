import { beforeEach, expect, test, vi } from "vitest";
import { coreModule } from "../../../tests/boundary/modules";
import { awsPageOf } from "../aws-hosts";
import { enrolmentPageOf } from "../enrolment-hosts";
import type { EnrolmentForm, PromptKind } from "../protocol";
import { Background } from "./background";
import { memoryPorts } from "./memory-ports";

const TAB = 7;
const SIGN_IN = "https://us-east-1.signin.aws.amazon.com/oauth";
const CONSOLE = "https://us-east-1.console.aws.amazon.com/iam/home";

let background: Background;
/** What the button of the tab said, one after the other. */
let said: boolean[];

beforeEach(() => {
  said = [];
  const askOnButton = async (tabId: number, now: boolean) => {
    if (tabId === TAB) said.push(now);
  };
  background = new Background(memoryPorts({ askOnButton }), coreModule());
});

/** Both scripts tell of a sign-in page; the first of a prompt, the second of an enrolment. */
async function promptSeen(prompt: PromptKind, documentId: string, url = SIGN_IN): Promise<void> {
  const page = awsPageOf(url);
  if (page === undefined) throw new Error("no such page");
  const envelope = { channel: "content", name: "pageSeen", request: { prompt } };
  await told(background.answerContent(envelope, { tabId: TAB, documentId, page }));
}
async function formSeen(form: EnrolmentForm, documentId: string, url = CONSOLE): Promise<void> {
  const page = enrolmentPageOf(url);
  if (page === undefined) throw new Error("no such page");
  const request = { form, shown: true, refusals: 0, serialNumbers: [], success: false };
  const envelope = { channel: "enrolment", name: "enrolmentSeen", request };
  await told(background.answerEnrolment(envelope, { tabId: TAB, documentId, page }));
}
/** A page does not wait for the button. */
async function told(answer: Promise<unknown>): Promise<void> {
  const before = said.length;
  await answer;
  await vi.waitUntil(() => said.length > before);
}
const says = (...values: boolean[]) => expect(said).toEqual(values);

test("asks while a sign-in page does", async () => {
  await promptSeen("known", "first");
  await promptSeen("none", "first");
  says(true, false);
});

test.each(["pair", "single", "resync"] as const)(
  "asks while the form %s is there",
  async (form) => {
    await formSeen(form, "first");
    await formSeen("none", "first");
    says(true, false);
  },
);

test("goes on asking when the other script of the page has seen nothing", async () => {
  await promptSeen("known", "first");
  await formSeen("none", "first", SIGN_IN);
  await formSeen("pair", "first", SIGN_IN);
  await promptSeen("none", "first");
  says(true, true, true, true);
});

test("forgets what was asked for in the document before", async () => {
  await promptSeen("known", "first");
  await formSeen("none", "second");
  await formSeen("pair", "third", SIGN_IN);
  await promptSeen("none", "fourth");
  says(true, false, true, false);
});
