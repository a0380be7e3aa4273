/* Attack: the page is zoomed until the offer is a speck, and the bait is drawn under the speck. */
import { lure } from "../lure.js";

lure({
  onOffer: () => document.documentElement.style.setProperty("zoom", "0.05", "important"),
  worked: (host) => host.getBoundingClientRect().height < 10,
  onBait: (bait) => {
    bait.style.zoom = "20";
  },
});
