/** The contents of the settings: a link to each section, with the one that is read marked. */

import { useWords } from "../ui/services";
import { useMedia } from "../ui/use-media";
import { type Place, useCurrentPlace } from "./places";

/** From here on there is room beside the sections, where `contents.css` puts them. */
const ROOM_BESIDE = "(min-width: 1040px)";

export function Contents({ places }: { places: readonly Place[] }) {
  const words = useWords();
  const isBeside = useMedia(ROOM_BESIDE);
  const current = useCurrentPlace(places);
  if (places.length === 0) return null;
  const links = (
    <ul>
      {places.map(({ fragment, title }) => (
        <li key={fragment}>
          <a href={`#${fragment}`} aria-current={fragment === current ? "location" : undefined}>
            {title}
          </a>
        </li>
      ))}
    </ul>
  );
  return (
    <nav class="contents" aria-label={words("contents")}>
      {isBeside ? (
        links
      ) : (
        <details>
          <summary>{words("contents")}</summary>
          {links}
        </details>
      )}
    </nav>
  );
}
