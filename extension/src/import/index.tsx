import "./import.css";
import { workerKeyService } from "../kdf/client";
import { extensionServices } from "../ui/extension-services";
import { startPage } from "../ui/start-page";
import { Import } from "./import";

const root = document.getElementById("root");
const keys = workerKeyService(chrome.runtime.getURL("kdf-worker.js"));
if (root) startPage(Import, extensionServices(keys), root);
