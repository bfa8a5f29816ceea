/**
 * Finds the end of a body in a stream of bytes, and changes nothing. Strict about chunk lines (RFC 9112 section 7.1): a size
 * that two parsers could read differently ends the reading.
 */
import { limits } from '../limits.js';
import type { Framing } from './http-head.js';

type ChunkState = 'size' | 'size-end' | 'data' | 'data-cr' | 'data-lf' | 'trailer';

export class BodyEnd {
  readonly #framing: Framing;
  #left: number;
  #state: ChunkState = 'size';
  #line = '';
  #trailerBytes = 0;
  #done: boolean;
  #broken = false;

  constructor(framing: Framing) {
    this.#framing = framing;
    this.#left = framing.kind === 'length' ? framing.length : 0;
    this.#done = framing.kind === 'none' || (framing.kind === 'length' && framing.length === 0);
  }

  /** The body is complete. */
  get done(): boolean {
    return this.#done;
  }

  /** The chunk framing cannot be read; nothing behind this point can be told apart. */
  get broken(): boolean {
    return this.#broken;
  }

  /**
   * @returns how many bytes from `from` on belong to this body. All of them while it is not done; where it breaks, those before the break.
   */
  take(bytes: Buffer, from: number): number {
    const available = bytes.length - from;
    if (this.#done || this.#broken) return 0;
    if (this.#framing.kind === 'until-close') return available;
    if (this.#framing.kind === 'length') {
      const taken = Math.min(available, this.#left);
      this.#left -= taken;
      this.#done = this.#left === 0;
      return taken;
    }
    let at = from;
    while (at < bytes.length && !this.#done && !this.#broken) at = this.#step(bytes, at);
    return at - from;
  }

  #break(at: number): number {
    this.#broken = true;
    return at;
  }

  #step(bytes: Buffer, at: number): number {
    const byte = bytes[at] ?? 0;
    switch (this.#state) {
      case 'data': {
        const taken = Math.min(bytes.length - at, this.#left);
        this.#left -= taken;
        if (this.#left === 0) this.#state = 'data-cr';
        return at + taken;
      }
      case 'data-cr':
        if (byte !== 0x0d) return this.#break(at);
        this.#state = 'data-lf';
        return at + 1;
      case 'data-lf':
        if (byte !== 0x0a) return this.#break(at);
        this.#state = 'size';
        return at + 1;
      case 'size':
        if (byte === 0x0d) this.#state = 'size-end';
        else if (byte === 0x0a || this.#line.length >= limits.chunkLine) return this.#break(at);
        else this.#line += String.fromCharCode(byte);
        return at + 1;
      case 'size-end': {
        const size = /^([0-9A-Fa-f]{1,13})[ \t]*(?:;.*)?$/.exec(this.#line)?.[1];
        if (byte !== 0x0a || size === undefined) return this.#break(at);
        this.#line = '';
        this.#left = Number.parseInt(size, 16);
        this.#state = this.#left === 0 ? 'trailer' : 'data';
        return at + 1;
      }
      case 'trailer':
        if (++this.#trailerBytes > limits.httpHead) return this.#break(at);
        if (byte === 0x0a) {
          if (this.#line === '\r') this.#done = true;
          else if (!this.#line.endsWith('\r')) return this.#break(at);
          this.#line = '';
        } else this.#line += String.fromCharCode(byte);
        return at + 1;
    }
  }
}
