import { MOST_STRETCHES, type Stretch } from './idle.js';
import { fieldAt, type Joined } from './known-joined.js';
import { type ByteHit, isBinary, type KnownSearch } from './known-search.js';

/** Bytes from which on it pays to remember that nothing was found in them. */
const WORTH_KEEPING = 16_384;

/** The search for known values in bytes, each value once for each form that it is written in. */
export class KnownBytes {
  readonly #search: KnownSearch;
  /**
   * Long binary bytes in which nothing is known. What an inflater made of a bomb is asked about three times: whether the decode earns
   * its place, as a layer, and as the field that it gives.
   */
  readonly #barren = new WeakSet<Uint8Array>();

  constructor(search: KnownSearch) {
    this.#search = search;
  }

  /** Whether these bytes were looked through in vain. */
  isBarren(bytes: Uint8Array): boolean {
    return this.#barren.has(bytes);
  }

  /** Whether a known value (or digest) is inside. */
  contains(bytes: Uint8Array): boolean {
    if (bytes.length < WORTH_KEEPING) return this.#search.search(bytes, () => true);
    if (this.#barren.has(bytes)) return false;
    const binary = isBinary(bytes);
    const found = this.#search.search(bytes, () => true, binary);
    if (!found && binary) this.#barren.add(bytes);
    return found;
  }

  /** @param binary `isBinary` of the bytes; @param stretches takes where each of all hits stands. */
  find(bytes: Uint8Array, binary: boolean, stretches: Stretch[] | null = null): ByteHit[] {
    if (this.#barren.has(bytes)) return [];
    const hits: ByteHit[] = [];
    const done = new Set<string>();
    this.#search.search(
      bytes,
      (hit) => {
        if (stretches !== null && stretches.length < MOST_STRETCHES) stretches.push([hit.start, hit.end]);
        const id = `${hit.value} ${hit.form}`;
        if (!done.has(id)) {
          done.add(id);
          hits.push(hit);
        }
        return false;
      },
      binary,
    );
    if (hits.length === 0 && binary && bytes.length >= WORTH_KEEPING) this.#barren.add(bytes);
    return hits;
  }

  /** In fields laid one behind the other: number of the field, the hit within it, its bytes. */
  findJoined({ bytes, starts }: Joined, binary: boolean, found: (field: number, hit: ByteHit, bytes: Uint8Array) => void): void {
    const seen = new Set<string>();
    this.#search.search(
      bytes,
      (hit) => {
        const index = fieldAt(starts, hit.start);
        const from = starts[index]!;
        const to = (starts[index + 1] ?? bytes.length) - 1;
        const id = `${index} ${hit.value} ${hit.form}`;
        if (hit.end > to || seen.has(id)) return false;
        seen.add(id);
        found(index, { ...hit, start: hit.start - from, end: hit.end - from }, bytes.subarray(from, to));
        return false;
      },
      binary,
    );
  }
}
