import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

interface Props {
  readonly count: number;
  /** Height of every row in CSS pixels. */
  readonly rowHeight: number;
  readonly row: (index: number) => ComponentChildren;
  readonly label: string;
  /** Row to keep in sight. */
  readonly selected: number | null;
  /** Told whether the list stands at its top. */
  readonly onTop?: (atTop: boolean) => void;
  readonly onRange?: (from: number, to: number) => void;
  readonly head?: ComponentChildren;
}

/** Rows above and below the visible ones, so that fast scrolling shows no blank. */
const MARGIN = 8;

/** Only the rows in sight exist; 100,000 cost what 40 do. */
export function WindowList({ count, rowHeight, row, label, selected, onTop, onRange, head }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const read = () => {
    const element = box.current;
    if (element === null) return;
    onTop?.(element.scrollTop < rowHeight / 2);
    setView((old) => {
      const next = { top: element.scrollTop, height: element.clientHeight };
      return Math.floor(old.top / rowHeight) === Math.floor(next.top / rowHeight) && old.height === next.height ? old : next;
    });
  };
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, [rowHeight]);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || selected === null) return;
    const headHeight = element.querySelector('.list-head')?.clientHeight ?? 0;
    const top = selected * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight + headHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = top + rowHeight + headHeight - element.clientHeight;
  }, [selected, rowHeight]);
  const from = Math.max(0, Math.floor(view.top / rowHeight) - MARGIN);
  const to = Math.min(count, Math.ceil((view.top + view.height) / rowHeight) + MARGIN);
  useEffect(() => onRange?.(from, to), [from, to]);
  const rows: ComponentChildren[] = [];
  for (let index = from; index < to; index += 1) rows.push(row(index));
  return (
    // A scrolling region must be reachable by keyboard (WCAG 2.1.1).
    <div class="window" ref={box} onScroll={read} tabIndex={0} role="table" aria-label={label} aria-rowcount={count}>
      {head}
      <div class="window-space" role="rowgroup" style={{ height: `${count * rowHeight}px` }}>
        <div class="window-rows" role="presentation" style={{ transform: `translateY(${from * rowHeight}px)` }}>
          {rows}
        </div>
      </div>
    </div>
  );
}

interface RowProps {
  readonly index: number;
  readonly selected: boolean;
  /** Classes beside those of every row. */
  readonly look: string;
  readonly choose: () => void;
  readonly children: ComponentChildren;
}

/** A line of such a list that opens what it stands for. */
export function ListRow({ index, selected, look, choose, children }: RowProps): JSX.Element {
  return (
    <div
      class={`row ${selected ? 'row-selected' : ''} ${look}`}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={selected}
      tabIndex={-1}
      onClick={choose}
      onKeyDown={({ key }) => {
        if (key === 'Enter') choose();
      }}
    >
      {children}
    </div>
  );
}
