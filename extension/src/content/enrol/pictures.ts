/** What on a page may carry a QR code: it is not recorded how AWS draws its own. */

export type Picture = {
  element: Element;
  kind: "img" | "canvas" | "svg" | "background" | "table";
  /** Most probably one; the others are looked at when none of these is one. */
  likely: boolean;
};

/** The least and the greatest side of a QR code that somebody is to scan, in CSS pixels. */
const SIDE = { least: 60, most: 900 };
/** The fewest modules on a side (ISO/IEC 18004, version 1). */
const LEAST_MODULES = 21;

/** The pictures in this part of the page, the likely ones first. */
export function picturesIn(scope: HTMLElement): Picture[] {
  const found: Picture[] = [];
  for (const element of scope.querySelectorAll<HTMLElement>("*")) {
    const kind = kindOf(element);
    if (kind !== undefined) {
      found.push({ element, kind, likely: isLikely(element, kind) });
    }
  }
  return found.sort((one, other) => Number(other.likely) - Number(one.likely));
}

function kindOf(element: HTMLElement): Picture["kind"] | undefined {
  if (!isSquare(element)) return undefined;
  switch (element.localName) {
    case "img":
    case "canvas":
    case "svg":
      return element.localName;
    case "table":
      return (element as HTMLTableElement).rows.length >= LEAST_MODULES ? "table" : undefined;
    default:
      // Styles are looked up only where there is nothing inside that could be the picture.
      return element.childElementCount === 0 && backgroundOf(element) ? "background" : undefined;
  }
}

/** The address of the picture behind an element. */
export function backgroundOf(element: Element): string | undefined {
  return /^url\("(.*)"\)$/.exec(getComputedStyle(element).backgroundImage)?.[1];
}

/** Drawings of icons are `svg`, photographs come from servers: neither makes a page one that enrols. */
function isLikely(element: HTMLElement, kind: Picture["kind"]): boolean {
  const named = /\bQR\b|二维码/i.test(
    `${element.getAttribute("alt")} ${element.ariaLabel} ${element.title} ${element.id} ${element.getAttribute("class")}`,
  );
  const address = kind === "img" ? (element as HTMLImageElement).currentSrc : backgroundOf(element);
  return named || kind === "canvas" || kind === "table" || /^(data|blob):/.test(address ?? "");
}

function isSquare(element: HTMLElement): boolean {
  const { width, height } = element.getBoundingClientRect();
  return (
    width >= SIDE.least &&
    width <= SIDE.most &&
    Math.abs(width - height) <= 0.2 * width &&
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  );
}
