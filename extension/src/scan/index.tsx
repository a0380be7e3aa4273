import "./scan.css";
import { workerKeyService } from "../kdf/client";
import { extensionServices } from "../ui/extension-services";
import { startPage } from "../ui/start-page";
import { Scan } from "./scan";

const root = document.getElementById("root");
const keys = workerKeyService(chrome.runtime.getURL("kdf-worker.js"));
if (root) startPage(Scan, extensionServices(keys), root);
