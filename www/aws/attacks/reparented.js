/* Attack: the element that carries the offer is moved into a see-through container of the page's own making, and made
   visible there without the top layer. */
import { lure, mine } from "../lure.js";

lure({
  onOffer: (host) => {
    const container = mine(document.createElement("div"));
    Object.assign(container.style, {
      position: "fixed",
      inset: "0",
      opacity: "0",
      filter: "opacity(0)",
      zIndex: "2147483647",
    });
    document.body.append(container);
    container.append(host);
    host.removeAttribute("popover");
    host.style.setProperty("display", "block", "important");
  },
  worked: (host) => !host.matches(":popover-open") && host.getBoundingClientRect().height > 0,
  onBait: (bait) => {
    bait.style.zIndex = "1";
  },
});
