/* Attack: a popover that opens later is on top of the offer; it paints over it and lets the click through. */
import { lure, mine } from "../lure.js";

lure({
  onOffer: () => {},
  onBait: (bait) => {
    const cover = mine(document.createElement("div"));
    cover.popover = "manual";
    Object.assign(cover.style, {
      position: "fixed",
      inset: "0",
      width: "100vw",
      height: "100vh",
      border: "0",
      padding: "0",
      background: "white",
      pointerEvents: "none",
    });
    cover.append(bait);
    document.body.append(cover);
    cover.showPopover();
  },
});
