/** The background without its browser: the same in the service worker, in a page and in tests. */

import type { Core } from "../core";
import { type Envelope, type Reply, serve } from "../messaging";
import type { ContentProtocol, EnrolmentProtocol, PageProtocol } from "../protocol";
import { Clock } from "./clock";
import { contentHandlers } from "./content-handlers";
import { CopiedCode } from "./copied-code";
import { enrolmentHandlers } from "./enrolment-handlers";
import { Enrolments } from "./enrolments";
import { Fills } from "./fills";
import type { ContentSender, EnrolmentSender } from "./gate";
import { Gestures } from "./gestures";
import { Offers } from "./offers";
import { pageHandlers } from "./page-handlers";
import type { Ports } from "./ports";
import { RecentEntries } from "./recent-entries";
import { ReplayGuard } from "./replay-guard";
import { TabMemory } from "./tab-memory";
import { ToolbarButton } from "./toolbar-button";
import { VaultSession } from "./vault-session";

export class Background {
  readonly session: VaultSession;
  readonly tabs: TabMemory;
  readonly gestures: Gestures;
  readonly copied: CopiedCode;
  readonly #offers: Offers;
  readonly enrolments: Enrolments;
  readonly #page: (envelope: Envelope, context: undefined) => Promise<Reply>;
  readonly #content: (envelope: Envelope, sender: ContentSender) => Promise<Reply>;
  readonly #enrolment: (envelope: Envelope, sender: EnrolmentSender) => Promise<Reply>;

  constructor(ports: Ports, core: Core) {
    this.session = new VaultSession(ports, core, () => {
      void this.#offers.refreshAll();
      void this.enrolments.tabs.refreshAll();
    });
    this.tabs = new TabMemory(ports.session, ports.now);
    this.copied = new CopiedCode(ports);
    const clock = new Clock(ports);
    const guard = new ReplayGuard(ports.session);
    const recent = new RecentEntries(ports.session);
    const common = { ports, session: this.session, tabs: this.tabs, clock, guard, recent };
    this.#offers = new Offers(common);
    const fills = new Fills({ ...common, offers: this.#offers });
    this.gestures = new Gestures({ ports, tabs: this.tabs, offers: this.#offers, fills });
    this.enrolments = new Enrolments({ ...common, core });
    const services = {
      ...common,
      core,
      offers: this.#offers,
      fills,
      copied: this.copied,
      enrolments: this.enrolments,
      button: new ToolbarButton(ports, this.tabs, this.enrolments.memory),
    };
    this.#page = serve<PageProtocol, undefined>(pageHandlers(services));
    this.#content = serve<ContentProtocol, ContentSender>(contentHandlers(services));
    this.#enrolment = serve<EnrolmentProtocol, EnrolmentSender>(enrolmentHandlers(services));
  }

  answerPage(envelope: Envelope): Promise<Reply> {
    return this.#page(envelope, undefined);
  }

  answerContent(envelope: Envelope, sender: ContentSender): Promise<Reply> {
    return this.#content(envelope, sender);
  }

  answerEnrolment(envelope: Envelope, sender: EnrolmentSender): Promise<Reply> {
    return this.#enrolment(envelope, sender);
  }
}
