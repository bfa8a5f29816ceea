import { limits } from '../limits.js';

interface Entry<T> {
  readonly key: string;
  value: T;
  /** Written just before and just after this one. */
  older: Entry<T> | null;
  newer: Entry<T> | null;
}

/** Keys are copied through it. */
const scratch = Buffer.alloc(limits.followedLongest);

/**
 * Values by text, the latest written ones. A `Map` that is emptied from its front looks through all that was deleted there each
 * time, which costs more than everything else that is done with a value; here order is kept in links.
 */
export class Recent<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #most: number;
  readonly #forget: (key: string, value: T) => void;
  #oldest: Entry<T> | null = null;
  #newest: Entry<T> | null = null;
  #forgot = false;

  /**
   * @param most values kept; the one written longest ago goes first.
   * @param forget is told what goes.
   */
  constructor(most: number, forget: (key: string, value: T) => void = () => {}) {
    this.#most = most;
    this.#forget = forget;
  }

  /** Whether anything had to go so far. */
  get forgot(): boolean {
    return this.#forgot;
  }

  get(key: string): T | undefined {
    return this.#entries.get(key)?.value;
  }

  /**
   * Keeps a value, or keeps it anew.
   * @param key ASCII, at most `limits.followedLongest` characters. It is copied: a slice of a message would hold on to the whole of it.
   */
  put(key: string, value: T): void {
    const known = this.#entries.get(key);
    if (known !== undefined) {
      known.value = value;
      if (known === this.#newest) return;
      this.#unlink(known);
      this.#append(known);
      return;
    }
    const own = scratch.toString('latin1', 0, scratch.write(key, 'latin1'));
    const entry: Entry<T> = { key: own, value, older: null, newer: null };
    this.#entries.set(own, entry);
    this.#append(entry);
    if (this.#entries.size <= this.#most || this.#oldest === null) return;
    this.#forgot = true;
    const { key: gone, value: held } = this.#oldest;
    this.#entries.delete(gone);
    this.#unlink(this.#oldest);
    this.#forget(gone, held);
  }

  #append(entry: Entry<T>): void {
    entry.older = this.#newest;
    entry.newer = null;
    if (this.#newest === null) this.#oldest = entry;
    else this.#newest.newer = entry;
    this.#newest = entry;
  }

  #unlink({ older, newer }: Entry<T>): void {
    if (older === null) this.#oldest = newer;
    else older.newer = newer;
    if (newer === null) this.#newest = older;
    else newer.older = older;
  }
}
