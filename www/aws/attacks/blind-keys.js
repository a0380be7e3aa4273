/* Attack: the offer is hidden and the user is asked to press the keys that choose in it. */
import { codeField, lure } from "../lure.js";

lure({
  onOffer: (host) => {
    host.style.setProperty("opacity", "0.01", "important");
    host.style.setProperty("filter", "opacity(0)", "important");
    host.style.setProperty("clip-path", "inset(50%)", "important");
    host.style.setProperty("scale", "0.01", "important");
    codeField().focus();
  },
});
