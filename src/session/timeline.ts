/** Something that waits for its moment; `size` is what it keeps in memory, in bytes. */
export interface Waiting {
  readonly at: number;
  readonly size: number;
  readonly run: () => void;
}

/**
 * Recorded exchanges come in the order in which they began, and a stream brings all its messages at once, minutes before their time.
 * What they carry can only be followed once everything is known that was handed out before them: so they wait here.
 */
export class Timeline {
  readonly #most: number;
  #waiting: Waiting[] = [];
  #inOrder = true;
  #size = 0;

  /** @param most bytes that may wait. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Bytes that may still come. */
  get room(): number {
    return this.#most - this.#size;
  }

  add(waiting: Waiting): void {
    this.#size += waiting.size;
    this.#inOrder &&= (this.#waiting.at(-1)?.at ?? waiting.at) <= waiting.at;
    this.#waiting.push(waiting);
  }

  /** Runs what belongs before or at this moment: in order of time, and of coming where that is the same. */
  until(at: number): void {
    if (!this.#inOrder) this.#waiting.sort((a, b) => a.at - b.at);
    this.#inOrder = true;
    const first = this.#waiting.findIndex((waiting) => waiting.at > at);
    const due = first < 0 ? this.#waiting : this.#waiting.slice(0, first);
    this.#waiting = first < 0 ? [] : this.#waiting.slice(first);
    for (const { size, run } of due) {
      this.#size -= size;
      run();
    }
  }
}
