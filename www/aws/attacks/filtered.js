/* Attack: a filter and a mask hide the offer and leave it clickable. */
import { lure } from "../lure.js";

lure({
  onOffer: (host) => {
    host.style.setProperty("filter", "opacity(0)", "important");
    host.style.setProperty("mask-image", "linear-gradient(transparent, transparent)", "important");
  },
  worked: (host) => {
    const { filter, maskImage } = getComputedStyle(host);
    return filter !== "none" || maskImage !== "none";
  },
});
