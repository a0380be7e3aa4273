/** Tells the pages that show something of an enrolment to ask anew. */

import { connect } from "../messaging";
import type { EnrolmentTabProtocol } from "../protocol";
import type { EnrolmentMemory, EnrolmentTab } from "./enrolment-memory";
import type { Ports } from "./ports";

export class EnrolmentTabs {
  readonly #ports: Pick<Ports, "tabs">;
  readonly #memory: EnrolmentMemory;

  constructor(ports: Pick<Ports, "tabs">, memory: EnrolmentMemory) {
    this.#ports = ports;
    this.#memory = memory;
  }

  /** Every page, after the vault has changed. */
  async refreshAll(): Promise<void> {
    for (const { tabId, tab } of await this.#memory.active()) {
      // A page that has gone has nothing to ask.
      await this.lookAgain(tabId, tab).catch(() => undefined);
    }
  }

  /** One page; rejects when it has gone. */
  async lookAgain(tabId: number, { documentId }: EnrolmentTab): Promise<void> {
    const page = connect<EnrolmentTabProtocol>("enrolmentTab", (envelope) =>
      this.#ports.tabs.send(tabId, documentId, envelope),
    );
    await page.lookAgain({});
  }
}
