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
  max-height: 60vh;
  overflow-y: auto;
}
.text {
  margin: 0;
  padding: 7px 8px;
}
button {
  display: grid;
  grid-template-columns: 1fr auto;
  column-gap: 14px;
  align-items: baseline;
  min-height: 36px;
  padding: 7px 10px;
  border: 1px solid transparent;
  border-radius: 7px;
  background: light-dark(#e3f1ee, #1d3a37);
  color: inherit;
  font: inherit;
  text-align: start;
  cursor: pointer;
}
button:hover {
  background: light-dark(#d2e8e3, #26504b);
}
button:focus-visible {
  outline: 3px solid light-dark(#0b6e6a, #6fd0c6);
  outline-offset: 1px;
}
.label {
  font-weight: 600;
  white-space: nowrap;
}
.whose {
  grid-row: 2;
  grid-column: 1 / -1;
  min-width: 0;
  overflow-wrap: break-word;
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
  grid-template-columns: 1fr;
  text-align: center;
  background: transparent;
  color: light-dark(#4b5768, #b3bdcc);
}
@media (forced-colors: active) {
  button { border-color: ButtonText; }
}
`;
