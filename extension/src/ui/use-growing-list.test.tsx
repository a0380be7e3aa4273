// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FIRST_ROWS } from "../list/first-rows";
import { useGrowingList } from "./use-growing-list";

/** Sees every element that is watched and stands in the page, once it is asked to look. */
class Sight {
  static watchers = new Set<Sight>();
  static look() {
    for (const watcher of [...Sight.watchers]) watcher.tell();
  }
  readonly watched = new Set<Element>();
  constructor(readonly callback: (changes: { isIntersecting: boolean }[]) => void) {
    Sight.watchers.add(this);
  }
  observe(element: Element) {
    this.watched.add(element);
  }
  disconnect() {
    Sight.watchers.delete(this);
  }
  tell() {
    const seen = [...this.watched].filter(({ isConnected }) => isConnected);
    this.callback(seen.map(() => ({ isIntersecting: true })));
  }
}

beforeEach(() => {
  Sight.watchers.clear();
  vi.useFakeTimers();
  vi.stubGlobal("IntersectionObserver", Sight);
});

afterEach(() => {
  render(null, document.body);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

type ListProps = {
  count: number;
  listKey?: string;
  shown?: number;
  /** The part of the list that its end stands in. */
  part?: string;
};

function List({ count, listKey = "", shown = -1, part = "part" }: ListProps) {
  const items = Array.from({ length: count }, (_, place) => place);
  const { drawn, end } = useGrowingList(items, listKey, shown);
  return (
    <ul key={part} class="list">
      {drawn.map((item) => (
        <li key={item} class="item" />
      ))}
      {end && <li ref={end} />}
    </ul>
  );
}

const draw = (props: ListProps) => act(() => render(<List {...props} />, document.body));
const items = () => document.querySelectorAll(".item").length;

const wait = () =>
  act(() => {
    vi.advanceTimersByTime(1_000);
  });

/** The list's end comes into sight. */
const scroll = async () => {
  await wait();
  await act(Sight.look);
};

test("draws the first rows, and as many again each time its end is reached", async () => {
  await draw({ count: 4 * FIRST_ROWS });
  expect(items()).toBe(FIRST_ROWS);
  await scroll();
  expect(items()).toBe(2 * FIRST_ROWS);
  await scroll();
  expect(items()).toBe(4 * FIRST_ROWS);
  await scroll();
  expect(items()).toBe(4 * FIRST_ROWS);
  expect(Sight.watchers.size).toBe(0);
});

test("grows when its end has moved to another part of the list", async () => {
  await draw({ count: 4 * FIRST_ROWS, part: "first" });
  await wait();
  await draw({ count: 4 * FIRST_ROWS, part: "second" });
  await scroll();
  expect(items()).toBe(2 * FIRST_ROWS);
});

test("begins at the top again under a new key", async () => {
  await draw({ count: 4 * FIRST_ROWS });
  await scroll();
  expect(items()).toBe(2 * FIRST_ROWS);
  await draw({ count: 4 * FIRST_ROWS, listKey: "typed" });
  expect(items()).toBe(FIRST_ROWS);
});

test("draws the item that is to be seen, wherever it stands", async () => {
  await draw({ count: 4 * FIRST_ROWS, shown: 2 * FIRST_ROWS });
  expect(items()).toBe(2 * FIRST_ROWS + 1);
});

test("watches nothing when the page has gone", async () => {
  await draw({ count: 4 * FIRST_ROWS });
  await act(() => render(null, document.body));
  await wait();
  expect(Sight.watchers.size).toBe(0);
});
