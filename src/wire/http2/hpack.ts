import { limits } from '../../limits.js';
import type { Headers } from '../../model/exchange.js';
import { latin1 } from '../latin1.js';
import { huffmanDecode } from './huffman.js';
import { STATIC_TABLE } from './static-table.js';

type Entry = readonly [name: string, value: string];

export interface HeaderBlock {
  readonly headers: Headers;
  /** Name of the limit that cut the list, or null. */
  readonly limit: 'httpHead' | 'httpHeaderCount' | null;
}

/** RFC 7541 section 4.1. */
const OVERHEAD = 32;
const DEFAULT_TABLE = 4096;

/**
 * HPACK decoder of one direction (RFC 7541).
 *
 * DANGER: one byte of input can repeat a 64 KiB field, and the table is shared by all streams. Fences: the list handed out is cut at
 * `limits.httpHead` and `limits.httpHeaderCount` while the table goes on being kept right; the table never grows beyond
 * `limits.hpackTable`; any error is final, since nothing behind it can be read.
 */
export class HpackDecoder {
  #entries: Entry[] = [];
  #size = 0;
  #capacity = DEFAULT_TABLE;
  #block: Uint8Array = new Uint8Array(0);
  #at = 0;

  /** Bytes of the dynamic table as the RFC counts them. */
  get tableSize(): number {
    return this.#size;
  }

  /** @returns the fields, or the fault after which this direction cannot be read any more. */
  decode(block: Uint8Array): HeaderBlock | { readonly fault: string } {
    this.#block = block;
    this.#at = 0;
    const headers: Entry[] = [];
    let bytes = 0;
    let limit: HeaderBlock['limit'] = null;
    while (this.#at < block.length) {
      const first = block[this.#at] ?? 0;
      let entry: Entry | null;
      if ((first & 0x80) !== 0) entry = this.#entry(this.#integer(7));
      else if ((first & 0x40) !== 0) {
        entry = this.#literal(6);
        if (entry !== null) this.#add(entry);
      } else if ((first & 0x20) !== 0) {
        const capacity = this.#integer(5);
        if (headers.length > 0 || capacity < 0) return { fault: 'hpack' };
        if (capacity > limits.hpackTable) return { fault: 'limit-hpackTable' };
        this.#capacity = capacity;
        this.#evict(0);
        continue;
      } else entry = this.#literal(4);
      if (entry === null) return { fault: 'hpack' };
      bytes += entry[0].length + entry[1].length;
      if (bytes > limits.httpHead) limit ??= 'httpHead';
      if (headers.length >= limits.httpHeaderCount) limit ??= 'httpHeaderCount';
      if (limit === null) headers.push(entry);
    }
    return { headers, limit };
  }

  #literal(prefix: number): Entry | null {
    const index = this.#integer(prefix);
    if (index < 0) return null;
    const name = index === 0 ? this.#string() : (this.#entry(index)?.[0] ?? null);
    if (name === null) return null;
    const value = this.#string();
    return value === null ? null : [name, value];
  }

  #entry(index: number): Entry | null {
    if (index <= 0) return null;
    if (index <= STATIC_TABLE.length) return STATIC_TABLE[index - 1] ?? null;
    return this.#entries.at(-(index - STATIC_TABLE.length)) ?? null;
  }

  #add(entry: Entry): void {
    const size = entry[0].length + entry[1].length + OVERHEAD;
    this.#evict(size);
    // An entry larger than the table empties it, which is no error (section 4.4).
    if (size > this.#capacity) return;
    this.#entries.push(entry);
    this.#size += size;
  }

  #evict(room: number): void {
    let count = 0;
    while (this.#size + room > this.#capacity && count < this.#entries.length) {
      const oldest = this.#entries[count++];
      if (oldest !== undefined) this.#size -= oldest[0].length + oldest[1].length + OVERHEAD;
    }
    if (count > 0) this.#entries.splice(0, count);
  }

  /** Prefix integer (section 5.1), or -1 when cut off or beyond 2^28. */
  #integer(prefix: number): number {
    const mask = 2 ** prefix - 1;
    let value = (this.#block[this.#at++] ?? 0) & mask;
    if (value < mask) return value;
    for (let shift = 0; shift <= 21; shift += 7) {
      const byte = this.#block[this.#at++];
      if (byte === undefined) return -1;
      value += (byte & 0x7f) * 2 ** shift;
      if ((byte & 0x80) === 0) return value;
    }
    return -1;
  }

  #string(): string | null {
    const packed = ((this.#block[this.#at] ?? 0) & 0x80) !== 0;
    if (this.#at >= this.#block.length) return null;
    const length = this.#integer(7);
    if (length < 0 || this.#at + length > this.#block.length) return null;
    const bytes = this.#block.subarray(this.#at, this.#at + length);
    this.#at += length;
    return packed ? huffmanDecode(bytes) : latin1(bytes);
  }
}
