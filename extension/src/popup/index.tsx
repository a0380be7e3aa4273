import "./popup.css";
import { workerKeyService } from "../kdf/client";
import { extensionServices, isToolbarPopup } from "../ui/extension-services";
import { startPage } from "../ui/start-page";
import { toBackground } from "../ui/to-background";
import { afterOpening } from "./opening";
import { Popup } from "./popup";

const root = document.getElementById("root");
const keys = workerKeyService(chrome.runtime.getURL("kdf-worker.js"));
document.documentElement.dataset.host = isToolbarPopup() ? "popup" : "tab";
if (root) startPage(Popup, extensionServices(keys, afterOpening(toBackground)), root);
