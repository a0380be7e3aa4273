/** What every page that fills a tab stands in: Doorcode's mark above, the theme, the title. */

import type { ComponentChildren } from "preact";
import type { Settings } from "../protocol";
import { Brand } from "./brand";
import { useWords } from "./services";
import { useTheme } from "./use-theme";
import { useTitle } from "./use-title";

type PageFrameProps = {
  /** Of the document. */
  title: string;
  /** The first heading, where the content has none. */
  heading?: string;
  settings: Settings | undefined;
  children: ComponentChildren;
};

export function PageFrame({ title, heading, settings, children }: PageFrameProps) {
  const words = useWords();
  useTheme(settings?.theme);
  useTitle(title);
  return (
    <main class="page">
      <header class="page-brand">
        <Brand size={32} />
        <span>{words("extensionName")}</span>
      </header>
      {heading && <h1>{heading}</h1>}
      {children}
    </main>
  );
}
