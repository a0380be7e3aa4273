/* Attack: the element that carries the offer is made see-through, by a style and by an animation, so that what lies under
   it seems to be clicked. */
import { lure } from "../lure.js";

lure({
  onOffer: (host) => {
    host.style.setProperty("opacity", "0.01", "important");
    host.animate({ opacity: [0.01, 0.01] }, { duration: 1e9, fill: "forwards" });
  },
  worked: (host) => Number(getComputedStyle(host).opacity) < 0.5,
});
