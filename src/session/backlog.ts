/** What came within one step. */
interface Step {
  /** Bytes handed over up to its end. */
  total: number;
  /** When its first came. */
  readonly at: number;
}

/** What is asked for is seconds. */
const STEP_MS = 250;

/** How old the oldest thing is that was handed over and not yet done with; things are done with in their order. */
export class Backlog {
  readonly #now: () => number;
  readonly #steps: Step[] = [];
  #added = 0;
  #removed = 0;

  /** @param now milliseconds of a clock that never goes back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  add(size: number): void {
    this.#added += size;
    const at = this.#now();
    const last = this.#steps.at(-1);
    if (last === undefined || at - last.at >= STEP_MS) this.#steps.push({ total: this.#added, at });
    else last.total = this.#added;
  }

  remove(size: number): void {
    this.#removed += size;
    while (this.#steps[0] !== undefined && this.#steps[0].total <= this.#removed) this.#steps.shift();
  }

  /** In milliseconds, to a quarter of a second; 0 where nothing waits. */
  age(): number {
    const [oldest] = this.#steps;
    return oldest === undefined ? 0 : this.#now() - oldest.at;
  }
}
