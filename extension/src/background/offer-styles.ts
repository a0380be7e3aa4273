/** The look of the offer. `:host` rules are important, so that the page's own rules lose. */
export const offerStyles = `
:host {
  all: initial !important;
  position: fixed !important;
  inset: auto !important;
  left: 0 !important;
  top: 0 !important;
  opacity: 1 !important;
  visibility: visible !important;
  pointer-events: auto !important;
  margin: 0 !important;
  padding: 0 !important;
  border: 0 !important;
  background: transparent !important;
  color-scheme: light dark !important;
  overflow: visible !important;
}
.box {
  display: flex;
  align-items: flex-start;
  gap: 4px;
  box-sizing: border-box;
  max-width: min(420px, 96vw);
  padding: 6px;
  border: 1px solid light-dark(#c3cad6, #465063);
  border-radius: 10px;
  background: light-dark(#ffffff, #1b212c);
  color: light-dark(#18202c, #eef1f6);
  box-shadow: 0 6px 20px rgb(0 0 0 / 18%);
  font: 14px/1.35 system-ui, sans-serif;
}
.content {
  display: grid;
  gap: 4px;
  min-width: 0;
}
.text {
  margin: 0;
  padding: 7px 8px;
}
button {
  display: flex;
  align-items: baseline;
  gap: 8px;
  min-height: 36px;
  padding: 7px 10px;
  border: 1px solid transparent;
  border-radius: 7px;
  background: light-dark(#eaf1ff, #24324d);
  color: inherit;
  font: inherit;
  text-align: start;
  cursor: pointer;
}
button:hover {
  background: light-dark(#d9e6ff, #2d4067);
}
button:focus-visible {
  outline: 3px solid light-dark(#1f5fd0, #8fb8ff);
  outline-offset: 1px;
}
.label {
  font-weight: 600;
  white-space: nowrap;
}
.whose {
  min-width: 0;
  overflow-wrap: anywhere;
}
.left {
  margin-inline-start: auto;
  min-width: 4ch;
  text-align: end;
  color: light-dark(#4b5768, #b3bdcc);
  font-variant-numeric: tabular-nums;
  white-space: nowrap;
}
.close {
  flex: none;
  min-width: 28px;
  justify-content: center;
  background: transparent;
  color: light-dark(#4b5768, #b3bdcc);
}
@media (forced-colors: active) {
  button { border-color: ButtonText; }
}
`;
