/* Attack: the field is moved so that the offer, which follows it, comes under the mouse at the bait. */
import { codeField, lure } from "../lure.js";

lure({
  onOffer: (host) => {
    addEventListener(
      "pointermove",
      ({ clientX, clientY }) => {
        const offer = host.getBoundingClientRect();
        const field = codeField().getBoundingClientRect();
        Object.assign(codeField().style, {
          position: "fixed",
          left: `${clientX - 20 + field.x - offer.x}px`,
          top: `${clientY - 20 + field.y - offer.y}px`,
          width: `${field.width}px`,
        });
        dispatchEvent(new Event("scroll"));
      },
      { once: true, capture: true },
    );
  },
  onBait: (bait) => {
    bait.style.left = "20px";
    bait.style.top = "500px";
  },
});
