/* Attack: the offer is hidden and the user is asked to press the keys that choose in it. */
import { codeField, lure } from "../lure.js";

lure({
  onOffer: (host) => {
    host.style.setProperty("opacity", "0.01", "important");
    host.style.setProperty("filter", "opacity(0)", "important");
    host.style.setProperty("scale", "0.01", "important");
  },
  worked: (host) => {
    const { opacity, filter } = getComputedStyle(host);
    return Number(opacity) < 0.5 || filter !== "none" || host.getBoundingClientRect().height < 10;
  },
  onBait: (bait) => {
    (document.documentElement.dataset.attack === "worked" ? codeField() : bait).focus();
  },
});
