/**
 * Danger: a recording is a stranger's file of any size, and one value of it may be larger than memory. Fences: bytes are looked at one
 * piece at a time; what is kept is one entry (`limits.harEntry`), of which a single text is kept up to `limits.harText`, and what stands
 * outside of the entries (`limits.harFrame`). What is left out is told, never passed over.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { InputError } from '../errors.js';
import { limits } from '../limits.js';

/** One element of `log.entries`, as it stood in the file. */
export interface HarElement {
  /** Its JSON, not yet parsed; null: it was larger than `limits.harEntry`. */
  readonly text: string | null;
  /** Bytes in the file. */
  readonly size: number;
  /** Bytes at the ends of long texts that were left out. */
  readonly cut: number;
  /** `other`: not UTF-8; what could not be read stands as U+FFFD. */
  readonly encoding: 'ascii' | 'utf8' | 'other';
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
/** Names that are looked for are short; a longer one need not be remembered. */
const NAME = 64;
/** `\uXXXX` */
const ESCAPE = 6;

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/**
 * Takes a HAR apart while it is read: elements of `log.entries` come out one by one, everything else is gathered as the frame, a small
 * JSON text of its own with an empty list in their place. Strict: frame and elements are valid JSON exactly where the file is.
 */
export class HarSplitter {
  readonly #file: string;
  #state: 'frame' | 'entries' | 'element' = 'frame';
  /** Bytes of earlier pieces, and elements handed out. */
  #before = 0;
  #count = 0;
  /** Between elements: a comma or the end must come, or (after a comma) an element must. */
  #expected: 'first' | 'comma' | 'element' = 'first';

  readonly #frame: Uint8Array[] = [];
  #frameSize = 0;
  #depth = 0;
  /** Name of the member that is being read, by depth. */
  readonly #names: string[] = [];
  #word: number[] = [];

  /** Of the string that is open, in the frame and in elements alike. */
  #inString = false;
  #escaped = false;
  #stringStart = 0;
  #lastEscape = -ESCAPE;
  #leavingOut = false;

  #element: Uint8Array[] = [];
  #elementStart = 0;
  #elementKept = 0;
  #elementDepth = 0;
  #elementCut = 0;
  #tooLarge = false;
  #scalar = false;

  constructor(file: string) {
    this.#file = file;
  }

  /**
   * @param piece the next bytes (UTF-8, no byte order mark); not kept, so that the caller may use the memory again.
   * @throws InputError `OVR_HAR_NOT_JSON`, `OVR_HAR_NOT_HAR`.
   */
  *push(piece: Uint8Array): Generator<HarElement> {
    let at = 0;
    while (at < piece.length) {
      if (this.#state === 'frame') at = this.#readFrame(piece, at);
      else if (this.#state === 'entries') at = this.#readGap(piece, at);
      else {
        const end = this.#readElement(piece, at);
        if (end < 0) break;
        yield this.#take(piece, at, end);
        at = end;
      }
    }
    this.#before += piece.length;
  }

  /** Elements handed out so far. */
  get count(): number {
    return this.#count;
  }

  /** Bytes looked at so far. */
  get size(): number {
    return this.#before;
  }

  /** Whether everything that was opened was closed. */
  get closed(): boolean {
    return this.#state === 'frame' && this.#depth <= 0 && !this.#inString;
  }

  /** What stands outside of the entries. */
  frame(): string {
    return Buffer.concat(this.#frame).toString('utf8');
  }

  #keepFrame(bytes: Uint8Array): void {
    this.#frame.push(Uint8Array.from(bytes));
    this.#frameSize += bytes.length;
    if (this.#frameSize <= limits.harFrame) return;
    if (!/^\s*[{[]/.test(this.frame().slice(0, 1024))) throw this.notJson('it does not begin like one');
    throw new InputError(
      'OVR_HAR_NOT_HAR',
      `${this.#file} is no HAR that can be read: more than ${limits.harFrame / 1024 / 1024} MiB stand outside of log.entries`,
      { next: 'Export the recording as HAR 1.2 (in Chrome: Network, Export HAR), not as the session format of the tool.' },
    );
  }

  notJson(problem: string): InputError {
    return new InputError('OVR_HAR_NOT_JSON', `${this.#file} is not JSON: ${problem}`, {
      next: 'Export the recording as HAR (HTTP Archive) and give that file.',
    });
  }

  /** @returns where the frame ends: the end of the piece, or behind the bracket that opens the entries. */
  #readFrame(piece: Uint8Array, from: number): number {
    let at = from;
    for (; at < piece.length; at += 1) {
      const byte = piece[at]!;
      if (this.#inString) this.#readName(byte);
      else if (byte === QUOTE) {
        this.#inString = true;
        this.#word = [byte];
      } else if (byte === COLON) this.#names[this.#depth] = this.#name();
      else if (byte === COMMA) this.#names[this.#depth] = '';
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (byte === OPEN_BRACKET && this.#depth === 2 && this.#names[1] === 'log' && this.#names[2] === 'entries') {
          this.#state = 'entries';
          this.#expected = 'first';
          at += 1;
          break;
        }
        this.#depth += 1;
        // Deeper names do not matter, and a hostile file may open a million brackets.
        this.#names.length = Math.max(0, Math.min(this.#depth, 3));
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) this.#depth -= 1;
    }
    this.#keepFrame(piece.subarray(from, at));
    return at;
  }

  #readName(byte: number): void {
    if (this.#word.length < NAME) this.#word.push(byte);
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
  }

  #name(): string {
    try {
      return String(JSON.parse(Buffer.from(this.#word).toString('utf8')));
    } catch {
      // Too long to be remembered, or no JSON, which the frame as a whole then is not either.
      return '';
    }
  }

  #readGap(piece: Uint8Array, from: number): number {
    const byte = piece[from]!;
    if (isSpace(byte)) return from + 1;
    if (byte === CLOSE_BRACKET && this.#expected !== 'element') {
      this.#state = 'frame';
      this.#names[2] = '';
      // The bracket itself belongs to the frame, whose depth did not count the opening one.
      this.#keepFrame(piece.subarray(from, from + 1));
      return from + 1;
    }
    if (byte === COMMA && this.#expected === 'comma') {
      this.#expected = 'element';
      return from + 1;
    }
    if (this.#expected === 'comma' || byte === COMMA || byte === COLON || byte === CLOSE_BRACE || byte === CLOSE_BRACKET)
      throw this.notJson(`unexpected "${String.fromCharCode(byte)}" behind entry ${this.#count} (byte ${this.#before + from})`);
    this.#state = 'element';
    this.#elementStart = this.#before + from;
    this.#elementDepth = 0;
    this.#scalar = byte !== OPEN_BRACE && byte !== OPEN_BRACKET && byte !== QUOTE;
    return from;
  }

  /** @returns the end of the element, or -1 where it goes on in the next piece. */
  #readElement(piece: Uint8Array, from: number): number {
    const { length } = piece;
    const base = this.#before;
    let depth = this.#elementDepth;
    let keptFrom = from;
    let at = from;
    while (at < length) {
      if (this.#inString) {
        const stop = this.#leavingOut ? length : Math.min(length, this.#stringStart + limits.harText - base);
        at = this.#skipString(piece, at, Math.max(at, stop));
        if (this.#inString) {
          if (at < length && !this.#leavingOut && this.#isBoundary(piece[at]!, base + at)) {
            this.#keep(piece.subarray(keptFrom, at));
            this.#leavingOut = true;
            keptFrom = at;
          } else if (at < length && !this.#leavingOut) at = this.#step(piece, at);
          if (this.#inString) continue;
        }
        if (this.#leavingOut) {
          this.#leavingOut = false;
          this.#elementCut += at - 1 - keptFrom;
          keptFrom = at - 1;
        }
        if (depth === 0) return this.#finish(piece, keptFrom, at);
        continue;
      }
      const byte = piece[at]!;
      if (this.#scalar) {
        if (byte === COMMA || byte === CLOSE_BRACKET || isSpace(byte)) return this.#finish(piece, keptFrom, at);
      } else if (byte === QUOTE) {
        this.#inString = true;
        this.#stringStart = base + at;
        this.#lastEscape = -ESCAPE;
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        depth -= 1;
        if (depth === 0) return this.#finish(piece, keptFrom, at + 1);
      }
      at += 1;
    }
    this.#elementDepth = depth;
    if (this.#leavingOut) this.#elementCut += length - keptFrom;
    else this.#keep(piece.subarray(keptFrom));
    return -1;
  }

  /** Goes to the end of the string or to `stop`, whichever is first. */
  #skipString(piece: Uint8Array, from: number, stop: number): number {
    let at = from;
    if (this.#escaped && at < stop) {
      this.#escaped = false;
      at += 1;
    }
    while (at < stop) {
      const byte = piece[at]!;
      at += 1;
      if (byte === QUOTE) {
        this.#inString = false;
        return at;
      }
      if (byte !== BACKSLASH) continue;
      this.#lastEscape = this.#before + at - 1;
      if (at === stop) {
        this.#escaped = true;
        return at;
      }
      at += 1;
    }
    return at;
  }

  /** One byte of a string that is long enough to be cut, at a place where it cannot be. */
  #step(piece: Uint8Array, at: number): number {
    const byte = piece[at]!;
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) {
      this.#escaped = true;
      this.#lastEscape = this.#before + at;
    } else if (byte === QUOTE) this.#inString = false;
    return at + 1;
  }

  /** Whether a string may be cut before this byte: not within a character, and not within an escape. */
  #isBoundary(byte: number, offset: number): boolean {
    if (this.#escaped || byte === QUOTE || (byte & 0xc0) === 0x80) return false;
    return byte === BACKSLASH || offset - this.#lastEscape >= ESCAPE;
  }

  #keep(bytes: Uint8Array): void {
    this.#elementKept += bytes.length;
    if (this.#elementKept > limits.harEntry) {
      this.#tooLarge = true;
      this.#element = [];
    }
    if (!this.#tooLarge && bytes.length > 0) this.#element.push(Uint8Array.from(bytes));
  }

  /** The last bytes stay where they are in the piece until `take`, which comes next. */
  #finish(piece: Uint8Array, keptFrom: number, end: number): number {
    if (this.#element.length > 0 || this.#tooLarge || this.#elementCut > 0) this.#keep(piece.subarray(keptFrom, end));
    return end;
  }

  #take(piece: Uint8Array, from: number, end: number): HarElement {
    const whole = this.#element.length > 0 ? Buffer.concat(this.#element) : piece.subarray(from, end);
    const bytes = Buffer.from(whole.buffer, whole.byteOffset, whole.length);
    this.#tooLarge ||= bytes.length > limits.harEntry;
    const element: HarElement = {
      text: this.#tooLarge ? null : bytes.toString('utf8'),
      size: this.#before + end - this.#elementStart,
      cut: this.#elementCut,
      encoding: this.#tooLarge || isAscii(bytes) ? 'ascii' : isUtf8(bytes) ? 'utf8' : 'other',
    };
    this.#element = [];
    this.#elementKept = 0;
    this.#elementCut = 0;
    this.#tooLarge = false;
    this.#state = 'entries';
    this.#expected = 'comma';
    this.#count += 1;
    return element;
  }
}
