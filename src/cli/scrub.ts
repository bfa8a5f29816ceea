import type { Occurrence } from '../model/finding.js';

/** What stands in the place of a value: `[imei:3f1c9ab4]`. Equal values have equal marks inside one installation. */
export function markOf({ dataType, tag }: Pick<Occurrence, 'dataType' | 'tag'>): string {
  return `[${dataType}:${tag}]`;
}

/** Digits nobody named, as many as a landline number has; found or not, they do not travel. */
export const DIGITS_MARK = '[digits]';
const DIGITS = '\\d{7,}';
const LONG_NUMBER = /\d{7}/;
/** Shared, though it counts on its own place: `replace` begins at 0 each time. */
const DIGITS_ONLY = new RegExp(DIGITS, 'gu');
/** Unix times of 2017 to 2033 in seconds or milliseconds: the most frequent long numbers of all, and nobody's. */
const UNIX_TIME = /^1[5-9]\d{8}(?:\d{3})?$/;
/** A shorter piece of ASCII ("1", "CN") occurs everywhere by chance: it is replaced only where it is the whole of a value. */
const SHORTEST = 4;

/** Whether a piece is long enough to be somebody's wherever it stands. Two characters outside ASCII are: they are a name. */
export function isTelling(text: string): boolean {
  return text.length >= SHORTEST || (text.length >= 2 && /[^\x00-\x7f]/.test(text));
}

/**
 * Replaces values by their marks in one text after another. All pieces are looked for in one pass, so that a mark is never taken apart
 * by another piece.
 */
export class Scrubber {
  readonly #exact: ReadonlyMap<string, string>;
  readonly #everywhere: ReadonlyMap<string, string>;
  readonly #pieces: ReadonlyMap<string, string>;
  readonly #telling: readonly string[];
  readonly #pattern: RegExp;

  /**
   * @param pieces values of this message with their marks: cut wherever they stand.
   * @param exact values of this message that are replaced only as a whole.
   * @param everywhere values of the whole session, replaced only as a whole.
   */
  constructor(pieces: ReadonlyMap<string, string>, exact: ReadonlyMap<string, string>, everywhere: ReadonlyMap<string, string>) {
    const telling = [...pieces].filter(([piece]) => isTelling(piece)).sort(([a], [b]) => b.length - a.length);
    this.#pieces = new Map(telling);
    this.#telling = telling.map(([piece]) => piece);
    this.#exact = new Map([...pieces, ...exact]);
    this.#everywhere = everywhere;
    const alternatives = telling.map(([piece]) => piece.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
    this.#pattern = alternatives.length === 0 ? DIGITS_ONLY : new RegExp([...alternatives, DIGITS].join('|'), 'gu');
  }

  /** One value: the whole of it, or the pieces in it. */
  value(text: string): string {
    const whole = this.#exact.get(text) ?? this.#exact.get(text.trim()) ?? this.#everywhere.get(text.trim());
    if (whole !== undefined) return whole;
    // Nothing the pattern could find: most texts hold no value and no long number, and looking is ten times cheaper than replacing.
    if ((text.length < 7 || !LONG_NUMBER.test(text)) && !this.#hasPiece(text)) return text;
    return text.replace(this.#pattern, (found) => {
      const mark = this.#pieces.get(found);
      if (mark !== undefined) return mark;
      const isTime = UNIX_TIME.test(found) && ![...this.#pieces.keys()].some((piece) => found.includes(piece));
      return isTime ? found : DIGITS_MARK;
    });
  }

  #hasPiece(text: string): boolean {
    return this.#telling.some((piece) => piece.length <= text.length && text.includes(piece));
  }

  /**
   * JSON, or anything that consists of JSON tokens (JSON lines, JSONP): strings are read with their escapes, a number that is replaced
   * becomes a string. What lies between tokens stays.
   */
  json(text: string): string {
    return text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\w.+-]*/gs, (token) => {
      if (!token.startsWith('"')) {
        const clean = this.value(token);
        return clean === token ? token : JSON.stringify(clean);
      }
      const plain = unquoted(token);
      const clean = this.value(plain);
      return clean === plain ? token : JSON.stringify(clean);
    });
  }

  /** `a=b&c=d`, percent-encoded; pairs that hold nothing keep their bytes. */
  pairs(text: string): string {
    return text
      .split('&')
      .map((pair) => {
        const equals = pair.indexOf('=');
        if (equals < 0) return this.encoded(pair, true);
        return `${this.encoded(pair.slice(0, equals), true)}=${this.encoded(pair.slice(equals + 1), true)}`;
      })
      .join('&');
  }

  /** One percent-encoded piece. Bytes that are no UTF-8 (GBK) cannot be searched and do not travel. */
  encoded(text: string, plusIsSpace: boolean): string {
    let plain: string;
    try {
      plain = decodeURIComponent(plusIsSpace ? text.replaceAll('+', ' ') : text);
    } catch {
      // Not UTF-8 or not percent-encoding at all; either way nobody has looked into it.
      return '[not-decoded]';
    }
    const clean = this.value(plain);
    return clean === plain ? text : encodeURIComponent(clean).replace(/%5B|%5D|%3A/g, decodeURIComponent);
  }

  /** Whether a value of this message stands in it. */
  holds(text: string): boolean {
    return this.#exact.has(text) || this.#hasPiece(text);
  }

  /** Host, segments and pairs of the query each by itself; no user name and no fragment. */
  url(url: string): string {
    const parts = /^([a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)([^?#]*)(?:\?([^#]*))?/is.exec(url) ?? [];
    const [, scheme = '', authority = '', path = '', query] = parts;
    const host = this.value(authority.slice(authority.lastIndexOf('@') + 1));
    const segments = path.split('/').map((segment) => this.encoded(segment, false));
    return `${scheme}${host}${segments.join('/')}${query === undefined ? '' : `?${this.pairs(query)}`}`;
  }
}

function unquoted(token: string): string {
  if (!token.includes('\\')) return token.slice(1, -1);
  try {
    return String(JSON.parse(token));
  } catch {
    // A string with raw controls in it is no JSON; its characters are searched as they stand.
    return token.slice(1, -1);
  }
}
