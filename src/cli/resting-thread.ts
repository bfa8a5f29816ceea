import { OverreachError } from '../errors.js';

/** As much of a worker thread as is needed here. */
export interface Thread<Asked, Said> {
  postMessage(asked: Asked): void;
  on(event: 'message', listener: (said: Said) => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  on(event: 'exit', listener: () => void): void;
  terminate(): Promise<unknown>;
  unref(): void;
}

export interface RestingOrder<Asked, Said> {
  /** Makes the thread; again after it was given up or has died. */
  start(): Thread<Asked, Said>;
  /** It gives its memory back after this long without anything to do. */
  readonly idleMs: number;
  hear(said: Said): void;
  /** It could not be made, or it ended by itself. What it was asked is lost; the next word makes another. */
  died(cause: unknown): void;
}

/**
 * A thread that is begun with the first word to it, given up when it has had nothing to do for a while, and begun again with the next.
 * A thread that was given up or has died is not heard any more, whatever it still says.
 */
export class RestingThread<Asked, Said> {
  readonly #order: RestingOrder<Asked, Said>;
  #thread: Thread<Asked, Said> | null = null;
  #rest: NodeJS.Timeout | null = null;

  constructor(order: RestingOrder<Asked, Said>) {
    this.#order = order;
  }

  get isAwake(): boolean {
    return this.#thread !== null;
  }

  /**
   * Begins it where it is not there; it does not rest until `rest` says so.
   * @returns whether it is there now; where not, `died` has been told.
   */
  wake(): boolean {
    this.#stay();
    if (this.#thread !== null) return true;
    try {
      this.#thread = this.#begin();
      return true;
    } catch (error) {
      this.#lose(error);
      return false;
    }
  }

  /** Begins it where it is not there. What cannot be sent costs the thread, and `died` is told. */
  tell(asked: Asked): void {
    if (!this.wake()) return;
    try {
      this.#thread?.postMessage(asked);
    } catch (error) {
      this.#lose(error);
    }
  }

  /** Nothing is left to do: from now on its time runs, until it is told something. */
  rest(): void {
    if (this.#thread !== null) this.#rest ??= setTimeout(() => void this.give(), this.#order.idleMs).unref();
  }

  /** Gives it up at once, whatever it does. */
  async give(): Promise<void> {
    this.#stay();
    const old = this.#thread;
    // First: its end is no accident.
    this.#thread = null;
    await old?.terminate();
  }

  #begin(): Thread<Asked, Said> {
    const fresh = this.#order.start();
    // A process that is asked to end must not wait for it.
    fresh.unref();
    fresh.on('message', (said) => {
      if (this.#thread === fresh) this.#order.hear(said);
    });
    fresh.on('error', (error) => {
      if (this.#thread === fresh) this.#lose(error);
    });
    fresh.on('exit', () => {
      if (this.#thread === fresh) this.#lose(new Error('without a word'));
    });
    return fresh;
  }

  #stay(): void {
    if (this.#rest !== null) clearTimeout(this.#rest);
    this.#rest = null;
  }

  #lose(cause: unknown): void {
    void this.give();
    this.#order.died(cause);
  }
}

/** What becomes of a question that was open when the program ended. */
export function ending(): OverreachError {
  return new OverreachError('OVR_ENDED', 'The program is ending.', { next: 'Start it again.' });
}
