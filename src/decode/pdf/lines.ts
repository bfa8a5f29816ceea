/** Where a piece of text begins or ends on the page, and how it runs there. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  /** Direction in which it runs, of length 1. */
  readonly dx: number;
  readonly dy: number;
  /** Height of its characters on the page. */
  readonly size: number;
}

/** Parts of the height: how far pieces of one line may stand above each other, how far back one may begin, and from which gap on there is a space. */
const OFFSET = 0.4;
const BACK = 0.5;
const GAP = 0.2;

/**
 * Puts the pieces that a page shows together to lines: each character may be shown for itself, with kerning between. A line ends where the next piece stands above,
 * below or before its end.
 */
export class Lines {
  readonly done: string[] = [];
  #line = '';
  #end: Spot | null = null;

  /** @param text one character, or a few that were written as one. @param end where it ends; it runs as at `start`. */
  show(text: string, start: Spot, end: { readonly x: number; readonly y: number }): void {
    const last = this.#end;
    if (last !== null) {
      const [x, y] = [start.x - last.x, start.y - last.y];
      const size = Math.max(last.size, start.size);
      const along = x * last.dx + y * last.dy;
      const across = Math.abs(x * last.dy - y * last.dx);
      const isParallel = last.dx * start.dx + last.dy * start.dy > 0.99;
      if (!isParallel || across > OFFSET * size || along < -BACK * size) this.flush();
      else if (along > GAP * size && !this.#line.endsWith(' ')) this.#line += ' ';
    }
    this.#line += text;
    this.#end = { ...start, ...end };
  }

  /** Ends the line. */
  flush(): void {
    const text = this.#line.replace(/[\0\s]+/g, ' ').trim();
    if (text !== '') this.done.push(text);
    this.#line = '';
    this.#end = null;
  }
}
