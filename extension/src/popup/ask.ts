/**
 * The first script of the popup. A browser shows a popup once its page has loaded: all that is not
 * needed for that comes after it.
 */

import { showKeptTheme } from "../ui/kept-theme";
import { toBackground } from "../ui/to-background";
import { fitWindow } from "./fit-window";
import { askAtOnce } from "./opening";

askAtOnce(toBackground);
showKeptTheme();
fitWindow();
// The bundle of `index.tsx`.
addEventListener("load", () => import("./popup.js"));
