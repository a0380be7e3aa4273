/* Attack: the whole document is made see-through; the bait is drawn on the canvas behind it, as a background. */
import { lure } from "../lure.js";

lure({
  onOffer: () => {
    document.documentElement.style.setProperty("opacity", "0.01", "important");
    document.body.style.setProperty("opacity", "0.01", "important");
  },
  onBait: () => {
    document.documentElement.style.background = "white";
  },
});
