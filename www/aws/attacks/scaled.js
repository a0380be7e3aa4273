/* Attack: the offer is scaled to a speck, and the bait is drawn under the speck. */
import { lure } from "../lure.js";

lure({
  onOffer: (host) => {
    host.style.setProperty("scale", "0.2", "important");
    host.style.setProperty("transform", "scale(0.5)", "important");
  },
  worked: (host) => host.getBoundingClientRect().height < 10,
});
