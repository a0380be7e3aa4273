/** Where the sections of the settings are on the page, as they come and go. */

import { createContext } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";

export type Place = { fragment: string; title: string; element: HTMLElement };

/** Tells of a section that is there, until what is returned is called. */
export type Register = (place: Place) => () => void;

export const PlacesContext = createContext<Register>(() => () => undefined);

/** The sections in the order of the page. */
export function usePlaces(): { places: readonly Place[]; register: Register } {
  const [places, setPlaces] = useState<readonly Place[]>([]);
  const register = useCallback<Register>((place) => {
    setPlaces((known) => inOrder([...known, place]));
    return () => setPlaces((known) => known.filter((one) => one !== place));
  }, []);
  return { places, register };
}

function inOrder(places: readonly Place[]): Place[] {
  const isBefore = (one: Place, other: Place) =>
    one.element.compareDocumentPosition(other.element) & Node.DOCUMENT_POSITION_FOLLOWING;
  return places.toSorted((one, other) => (isBefore(one, other) ? -1 : 1));
}

/** What is above this line has been read. */
const READ_ABOVE = "-25% 0px 0px 0px";
/** Of a section that is in sight as a whole; fractions of pixels are lost. */
const WHOLE = 0.99;

/**
 * The fragment of the section that is read: the first in sight. The last sections never come to the top;
 * the one that the address names is read while it is in sight as a whole.
 */
export function useCurrentPlace(places: readonly Place[]): string | undefined {
  const [current, setCurrent] = useState<string | undefined>();
  useEffect(() => {
    const shares = new Map<Element, number>();
    const mark = () => {
      const named = places.find(({ fragment }) => `#${fragment}` === location.hash);
      const isWhole = named !== undefined && (shares.get(named.element) ?? 0) >= WHOLE;
      const first = places.find(({ element }) => shares.has(element));
      setCurrent((isWhole ? named : first)?.fragment);
    };
    const observer = new IntersectionObserver(
      (changes) => {
        for (const { target, isIntersecting, intersectionRatio } of changes) {
          if (isIntersecting) shares.set(target, intersectionRatio);
          else shares.delete(target);
        }
        mark();
      },
      { rootMargin: READ_ABOVE, threshold: [0, WHOLE] },
    );
    for (const { element } of places) observer.observe(element);
    addEventListener("hashchange", mark);
    return () => {
      observer.disconnect();
      removeEventListener("hashchange", mark);
    };
  }, [places]);
  return current;
}
