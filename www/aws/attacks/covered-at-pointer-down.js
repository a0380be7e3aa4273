/* Attack: the cover comes only when the mouse is on its way, so that no earlier look at the page sees it. */
import { lure, mine } from "../lure.js";

lure({
  onOffer: () => {
    addEventListener(
      "pointermove",
      () => {
        const cover = mine(document.createElement("div"));
        cover.popover = "manual";
        Object.assign(cover.style, {
          position: "fixed",
          inset: "0",
          width: "100vw",
          height: "100vh",
          background: "white",
          pointerEvents: "none",
        });
        document.body.append(cover);
        cover.showPopover();
      },
      { once: true, capture: true },
    );
  },
});
