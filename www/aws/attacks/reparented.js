/* Attack: the element that carries the offer is moved into a container of the page's own making, and shown there. */
import { lure, mine } from "../lure.js";

lure({
  onOffer: (host) => {
    const container = mine(document.createElement("div"));
    Object.assign(container.style, { opacity: "0", filter: "opacity(0)" });
    document.body.append(container);
    container.append(host);
    host.popover = "manual";
    host.showPopover();
  },
});
