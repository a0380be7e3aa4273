/** Mounts a page of the extension. */

import { type ComponentType, render } from "preact";
import { type PageServices, ServicesProvider } from "./services";

export function startPage(Page: ComponentType, services: PageServices, root: HTMLElement): void {
  document.documentElement.lang = services.words.locale;
  document.documentElement.dir = services.words.direction;
  render(
    <ServicesProvider value={services}>
      <Page />
    </ServicesProvider>,
    root,
  );
}
