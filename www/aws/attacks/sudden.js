/* Attack: the user is made to click fast, and the field comes in such a place that the offer appears under the mouse
   between two clicks. */
import { codeField, lure, mine } from "../lure.js";

const game = mine(document.createElement("button"));
game.id = "game";
game.type = "button";
game.textContent = "Click as fast as you can";

lure({
  onOffer: (host) => {
    const offer = host.getBoundingClientRect();
    const field = codeField();
    const around = field.parentElement;
    field.remove();
    Object.assign(game.style, {
      position: "fixed",
      left: `${offer.x}px`,
      top: `${offer.y}px`,
      width: `${offer.width}px`,
      height: `${offer.height}px`,
    });
    document.body.append(game);
    game.addEventListener("click", () => around?.append(field), { once: true });
  },
});
