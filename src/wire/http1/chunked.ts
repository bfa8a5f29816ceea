import { limits } from '../../limits.js';
import type { Headers } from '../../model/exchange.js';
import type { Intake } from '../intake.js';
import { latin1 } from '../latin1.js';
import type { Warnings } from '../warnings.js';
import { parseTrailers } from './head.js';

const LF = 0x0a;
const CR = 0x0d;

/**
 * A chunked body (RFC 9112 section 7.1), read as it comes. `strict` ends a size line only at CR LF: the reading of a parser that takes a lone
 * LF as part of the chunk extension, which is how requests are hidden in extensions.
 */
export class ChunkedBody {
  readonly #warnings: Warnings;
  readonly #strict: boolean;
  #state: 'size' | 'data' | 'data-end' | 'trailers' = 'size';
  #remaining = 0;
  #scanned = 0;
  #trailers: Headers = [];

  constructor(warnings: Warnings, strict = false) {
    this.#warnings = warnings;
    this.#strict = strict;
  }

  get trailers(): Headers {
    return this.#trailers;
  }

  /** Bytes of the open chunk that are still to come; a gap of at most this many does not lose the place. */
  get remaining(): number {
    return this.#state === 'data' ? this.#remaining : 0;
  }

  miss(bytes: number): void {
    this.#remaining -= bytes;
    if (this.#remaining === 0) this.#state = 'data-end';
  }

  /**
   * Consumes what it can. @returns `more`, `done`, or the reason why the framing is lost.
   * @param data receives views that are valid only during the call.
   */
  read(intake: Intake, data: (bytes: Uint8Array) => void): 'more' | 'done' | { readonly fault: string } {
    for (;;) {
      if (this.#state === 'data') {
        const piece = intake.take(this.#remaining);
        if (piece.length > 0) data(piece);
        this.#remaining -= piece.length;
        if (this.#remaining > 0) return 'more';
        this.#state = 'data-end';
      } else if (this.#state === 'data-end') {
        const first = intake.at(0);
        if (first === -1) return 'more';
        if (first === LF) {
          this.#warnings.add('chunk-bare-lf', 'chunk data ends in LF alone');
          intake.take(1);
        } else {
          if (first !== CR) return { fault: 'chunk-end' };
          const second = intake.at(1);
          if (second === -1) return 'more';
          if (second !== LF) return { fault: 'chunk-end' };
          intake.take(2);
        }
        this.#state = 'size';
      } else if (this.#state === 'size') {
        const line = this.#line(intake, limits.chunkLine);
        if (line === null) return intake.length > limits.chunkLine ? { fault: 'limit-chunkLine' } : 'more';
        const size = this.#size(line);
        if (size === null) return { fault: 'chunk-size' };
        this.#remaining = size;
        this.#state = size === 0 ? 'trailers' : 'data';
      } else {
        const length = trailerLength(intake, this.#scanned);
        if (length === -1) {
          this.#scanned = intake.length;
          return intake.length > limits.httpHead ? { fault: 'limit-httpHead' } : 'more';
        }
        this.#trailers = parseTrailers(intake.take(length), this.#warnings);
        return 'done';
      }
    }
  }

  #line(intake: Intake, limit: number): string | null {
    let end = intake.indexOf(LF, this.#scanned);
    while (end !== -1 && end <= limit) {
      if (intake.at(end - 1) === CR || !this.#strict) {
        if (intake.at(end - 1) !== CR) this.#warnings.add('chunk-bare-lf', 'a chunk-size line ends in LF alone');
        this.#scanned = 0;
        return latin1(intake.take(end + 1)).replace(/\r?\n$/, '');
      }
      end = intake.indexOf(LF, end + 1);
    }
    this.#scanned = intake.length;
    return null;
  }

  #size(line: string): number | null {
    const match = /^([0-9a-f]{1,16})([ \t]*)(;.*)?$/is.exec(line);
    if (match === null) return null;
    if (match[2] !== '') this.#warnings.add('chunk-space', 'white space behind a chunk size');
    if (match[3]?.includes('\r') === true || match[3]?.includes('\n') === true)
      this.#warnings.add('chunk-extension', 'a line end inside a chunk extension');
    const size = Number.parseInt(match[1] ?? '', 16);
    return Number.isSafeInteger(size) ? size : null;
  }
}

/** Length of the trailer section with its empty line, or -1. */
function trailerLength(intake: Intake, from: number): number {
  if (intake.at(0) === LF) return 1;
  if (intake.at(0) === CR && intake.at(1) === LF) return 2;
  let at = intake.indexOf(LF, Math.max(0, from - 2));
  while (at !== -1) {
    if (intake.at(at + 1) === LF) return at + 2;
    if (intake.at(at + 1) === CR && intake.at(at + 2) === LF) return at + 3;
    at = intake.indexOf(LF, at + 1);
  }
  return -1;
}
