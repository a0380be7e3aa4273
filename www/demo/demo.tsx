/** Doorcode to try without installing it: the real popup, background and core, in one page. */

import "./demo.css";
import english from "../../extension/_locales/en/messages.json";
import { Background } from "../../extension/src/background/background";
import { loadCore } from "../../extension/src/core";
import { workerKeyService } from "../../extension/src/kdf/client";
import { connect, RequestError } from "../../extension/src/messaging";
import type { PageProtocol } from "../../extension/src/protocol";
import { workerFileService } from "../../extension/src/transfer/client";
import { randomBelow } from "../../extension/src/ui/extension-services";
import { runsOnMac } from "../../extension/src/ui/key-names";
import { noteWords } from "../../extension/src/ui/note-words";
import { saveFile } from "../../extension/src/ui/save-file";
import type { PageServices } from "../../extension/src/ui/services";
import { startPage } from "../../extension/src/ui/start-page";
import { wordsFromCatalogue } from "../../extension/src/words/catalogue-words";
import { demoPorts } from "./demo-ports";
import { answerTab, tellPage } from "./demo-tab";
import { Desk } from "./desk";
import { DeskEvents } from "./desk-events";
import { makeSampleVault } from "./sample-vault";

const words = wordsFromCatalogue(english, "en");
const events = new DeskEvents();
const core = await loadCore(new URL("core.wasm", location.href));

const background = new Background(
  demoPorts({
    words,
    answerTab: (message) => answerTab(message, (code) => events.emit({ type: "filled", code })),
    alarm: () => void background.session.lockIfDue(),
    openPopup: () => events.emit({ type: "page", page: "popup" }),
  }),
  core,
);

const services: PageServices = {
  background: connect<PageProtocol>("page", (envelope) => background.answerPage(envelope)),
  keys: workerKeyService(new URL("kdf-worker.js", location.href).href),
  files: workerFileService(new URL("transfer-worker.js", location.href).href, () =>
    noteWords(words),
  ),
  words,
  clock: Date.now,
  randomBelow,
  copyText: (text) =>
    navigator.clipboard.writeText(text).catch(() => {
      throw new RequestError({ kind: "copyRefused" });
    }),
  openPage: (page) => events.emit({ type: "page", page }),
  openUrl: () => undefined,
  isPinned: async () => undefined,
  closePopup: () => events.emit({ type: "page", page: undefined }),
  captureTab: async () => new Blob(),
  readPicture: async () => [],
  allowClipboard: async () => false,
  printPage: () => window.print(),
  passkeys: undefined,
  saveFile,
  isMac: runsOnMac(),
  version: "0.1.0",
};

// `#new` begins without a vault, at the first run.
if (location.hash !== "#new") await makeSampleVault(services.background, services.keys);
await tellPage(background.tabs, true);

const root = document.getElementById("root");
const Demo = () => <Desk events={events} onPrompt={(asks) => tellPage(background.tabs, asks)} />;
if (root) startPage(Demo, services, root);
