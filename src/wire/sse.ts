import { limits } from '../limits.js';
import type { Budget } from './budget.js';
import type { Carrier, Part } from './carrier.js';
import { Tally } from './tally.js';

const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;
const SPACE = 0x20;
const NEWLINE = new Uint8Array([LF]);
const BOM = [0xef, 0xbb, 0xbf];
/** `data` is the only field whose value is kept, so names longer than this are never it. */
const NAME = 8;

/**
 * Server-sent events (WHATWG HTML section 9.2): each event is a message whose body is its `data` lines joined by line feeds. Lines end
 * in CR, LF or CR LF. Names, ids and comments carry nothing of the phone's and are left out.
 */
export class SseCarrier implements Carrier {
  readonly #budget: Budget;
  readonly #message: (part: Part) => void;
  #name = '';
  #inValue = false;
  /** The first space behind the colon belongs to the syntax. */
  #spaceDue = false;
  #afterCr = false;
  #bom = 0;
  #lineLength = 0;
  #data: Tally | null = null;
  #lost = false;

  constructor(budget: Budget, message: (part: Part) => void) {
    this.#budget = budget;
    this.#message = message;
  }

  push(bytes: Uint8Array, at: number): void {
    let index = 0;
    while (this.#bom >= 0 && this.#bom < BOM.length && index < bytes.length) {
      if (bytes[index] !== BOM[this.#bom]) break;
      this.#bom++;
      index++;
    }
    if (index < bytes.length) this.#bom = -1;
    while (index < bytes.length) {
      const byte = bytes[index] ?? 0;
      if (byte === LF && this.#afterCr) {
        this.#afterCr = false;
        index++;
        continue;
      }
      this.#afterCr = byte === CR;
      if (byte === LF || byte === CR) {
        this.#line(at);
        index++;
      } else if (this.#inValue) index = this.#value(bytes, index);
      else {
        this.#lineLength++;
        if (byte === COLON) {
          this.#inValue = true;
          this.#spaceDue = true;
          if (this.#name === 'data') this.#open();
        } else if (this.#name.length <= NAME) this.#name += String.fromCharCode(byte);
        index++;
      }
    }
  }

  miss(bytes: number): boolean {
    this.#data?.miss(bytes);
    this.#lost = true;
    return true;
  }

  finish(at: number): void {
    // The standard discards an event without its blank line; its data has been sent all the same.
    this.#dispatch(at);
  }

  waiting(): number {
    return this.#data?.size ?? 0;
  }

  #value(bytes: Uint8Array, from: number): number {
    let index = from;
    if (this.#spaceDue) {
      this.#spaceDue = false;
      if (bytes[index] === SPACE) index++;
    }
    const start = index;
    while (index < bytes.length && bytes[index] !== LF && bytes[index] !== CR) index++;
    if (this.#name === 'data') this.#data?.add(bytes.subarray(start, index));
    return index;
  }

  #open(): void {
    if (this.#data === null) this.#data = new Tally(this.#budget, limits.bodyKept);
    else this.#data.add(NEWLINE);
  }

  #line(at: number): void {
    if (this.#lineLength === 0) this.#dispatch(at);
    else if (!this.#inValue && this.#name === 'data') this.#open();
    this.#name = '';
    this.#inValue = false;
    this.#spaceDue = false;
    this.#lineLength = 0;
  }

  #dispatch(at: number): void {
    const data = this.#data;
    this.#data = null;
    if (data === null) return;
    const body = data.finish();
    if (body.size === 0) return;
    this.#message({ kind: 'sse', text: true, at, body: this.#lost ? { ...body, truncated: true } : body });
    this.#lost = false;
  }
}
