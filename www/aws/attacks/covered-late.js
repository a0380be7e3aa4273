/* Attack: the cover comes only when the mouse is on its way, so that no earlier look at the page sees it. */
import { lure, mine } from "../lure.js";

function cover() {
  const sheet = mine(document.createElement("div"));
  sheet.popover = "manual";
  Object.assign(sheet.style, {
    position: "fixed",
    inset: "0",
    width: "100vw",
    height: "100vh",
    background: "white",
    pointerEvents: "none",
  });
  document.body.append(sheet);
  sheet.showPopover();
}

lure({
  onOffer: () => {},
  onBait: () => {
    // The click elsewhere takes the mouse away, so that the next move is the one to the bait.
    const comes = () => addEventListener("pointermove", cover, { once: true, capture: true });
    document.querySelector("h1")?.addEventListener("click", comes);
  },
});
