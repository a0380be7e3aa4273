/** Says on the toolbar button whether a page asks for codes: to sign in, or to enrol a device. */

import type { EnrolmentMemory } from "./enrolment-memory";
import type { ContentSender, EnrolmentSender } from "./gate";
import type { Ports } from "./ports";
import type { TabMemory } from "./tab-memory";

export class ToolbarButton {
  readonly #ports: Pick<Ports, "askOnButton">;
  readonly #tabs: TabMemory;
  readonly #enrolments: EnrolmentMemory;

  constructor(ports: Pick<Ports, "askOnButton">, tabs: TabMemory, enrolments: EnrolmentMemory) {
    this.#ports = ports;
    this.#tabs = tabs;
    this.#enrolments = enrolments;
  }

  /**
   * After a document has told what it shows. Two scripts tell of a sign-in page; what either of them
   * told of the document before counts no more.
   */
  async update({ tabId, documentId, page }: ContentSender | EnrolmentSender): Promise<void> {
    const signIn = await this.#tabs.read(tabId);
    const enrolment = await this.#enrolments.read(tabId);
    const isHere = (told: { documentId?: string | undefined }, host: string) =>
      told.documentId === documentId && host === page.host;
    const asks =
      (signIn !== undefined && isHere(signIn, signIn.host) && signIn.prompt !== "none") ||
      (enrolment !== undefined &&
        isHere(enrolment, enrolment.page.host) &&
        enrolment.facts.form !== "none");
    await this.#ports.askOnButton(tabId, asks);
  }
}
