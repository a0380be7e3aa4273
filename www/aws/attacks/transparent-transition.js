/* Attack: transitions outrank important declarations in the cascade, so a transition that hardly moves keeps the offer
   see-through. */
import { lure } from "../lure.js";

lure({
  onOffer: (host) => {
    host.style.setProperty("opacity", "0.01", "important");
    host.style.setProperty("transition", "opacity 100000s -1s steps(1, jump-start)", "important");
    requestAnimationFrame(() => host.style.setProperty("opacity", "0.02", "important"));
  },
  worked: (host) => Number(getComputedStyle(host).opacity) < 0.5,
});
