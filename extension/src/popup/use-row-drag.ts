/** Dragging entries by their handles. The keys Alt+Up and Alt+Down do the same without a mouse. */

import { useState } from "preact/hooks";
import type { EntryView } from "../entry-view";

type Place = "before" | "after";

export type RowDrag = {
  /** Where in this row the line is that shows what a drop would do. */
  dropPlace: Place | undefined;
  gripEvents: { onDragStart: (event: DragEvent) => void; onDragEnd: () => void };
  rowEvents: { onDragOver: (event: DragEvent) => void; onDrop: (event: DragEvent) => void };
};

type Dragging = { entry: EntryView; over?: { entryId: string; place: Place } };

export function useRowDrag(
  onDrop: (entry: EntryView, target: EntryView, after: boolean) => void,
): (entry: EntryView) => RowDrag {
  const [dragging, setDragging] = useState<Dragging | undefined>();
  return (entry) => {
    const over = dragging?.over?.entryId === entry.entryId ? dragging.over : undefined;
    return {
      dropPlace: over?.place,
      gripEvents: {
        onDragStart: (event) => {
          const row = (event.target as Element).closest("li");
          // Nothing of the entry is in it: other pages could take what is dropped on them.
          event.dataTransfer?.setData("text/plain", "");
          if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
          if (row) event.dataTransfer?.setDragImage(row, 8, row.clientHeight / 2);
          setDragging({ entry });
        },
        onDragEnd: () => setDragging(undefined),
      },
      rowEvents: {
        onDragOver: (event) => {
          if (dragging === undefined || dragging.entry === entry) return;
          event.preventDefault();
          if (event.dataTransfer) event.dataTransfer.dropEffect = "move";
          const { top, height } = (event.currentTarget as Element).getBoundingClientRect();
          const place = event.clientY < top + height / 2 ? "before" : "after";
          if (over?.place !== place)
            setDragging({ entry: dragging.entry, over: { entryId: entry.entryId, place } });
        },
        onDrop: (event) => {
          event.preventDefault();
          if (dragging && over) onDrop(dragging.entry, entry, over.place === "after");
          setDragging(undefined);
        },
      },
    };
  };
}
