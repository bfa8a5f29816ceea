import { createHash, type Hash } from 'node:crypto';

/** What the first link is made over, so that a chain cannot be taken for one of another kind. */
export const CHAIN_START = createHash('sha256').update('overreach-evidence/1').digest('hex');

const NEWLINE = 0x0a;
const COMMA = 0x2c;
const BRACE = 0x7b;

/**
 * One link for each exchange, in order: SHA-256 over the link before it and the exchange's line. An exchange that is changed, taken out,
 * put in or moved breaks every link from there on. The exchanges are the lines between the head of the document and its end, without
 * the comma behind them; they pass by in pieces of any size, because neither the document nor a line need fit into memory.
 */
export class Chain {
  readonly #onLink: (link: string, index: number) => void;
  #state: 'head' | 'begin' | 'line' | 'over' = 'head';
  #hash: Hash | null = null;
  /** A comma was the last byte: part of the line only if the line goes on. */
  #comma = false;
  #link = CHAIN_START;
  #count = 0;

  constructor(onLink: (link: string, index: number) => void = () => undefined) {
    this.#onLink = onLink;
  }

  /** The last link, and how many there are. */
  get head(): string {
    return this.#link;
  }

  get count(): number {
    return this.#count;
  }

  update(piece: Uint8Array): void {
    let at = 0;
    while (at < piece.length && this.#state !== 'over') {
      const newline = piece.indexOf(NEWLINE, at);
      if (this.#state === 'head') {
        if (newline < 0) return;
        this.#state = 'begin';
      } else {
        if (this.#state === 'begin' && !this.#begin(piece[at])) return;
        this.#take(piece.subarray(at, newline < 0 ? piece.length : newline));
        if (newline < 0) return;
        this.#close();
      }
      at = newline + 1;
    }
  }

  #begin(first: number | undefined): boolean {
    this.#state = first === BRACE ? 'line' : 'over';
    this.#hash = createHash('sha256').update(this.#link).update('\n');
    this.#comma = false;
    return this.#state === 'line';
  }

  #take(part: Uint8Array): void {
    if (part.length === 0) return;
    if (this.#comma) this.#hash?.update(',');
    this.#comma = part[part.length - 1] === COMMA;
    this.#hash?.update(this.#comma ? part.subarray(0, -1) : part);
  }

  #close(): void {
    this.#link = this.#hash?.digest('hex') ?? this.#link;
    this.#onLink(this.#link, this.#count);
    this.#count += 1;
    this.#state = 'begin';
  }
}
