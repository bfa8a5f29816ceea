/**
 * Danger: a report travels, and the value it masks in one column may stand in the clear in another: in the query of a URL, in a
 * path segment, in a JSON key, in a trace line. Fences: query values never appear in a report that hides values; whatever was found
 * as evidence in an exchange is cut from every text about that exchange; digit runs as long as a phone number go, found or not.
 */

const CUT = '…';
/** Shorter values ("1", "CN") occur everywhere by chance; two Han characters already are a name. */
const SHORTEST = 4;
const SHORTEST_WIDE = 2;
/** A landline without area code has 7 digits; phone, ID, card, IMEI have more. */
const DIGITS = /\d{7,}/g;
/** A segment of this length is a token or a payload, never a name a reader needs in full. */
const LONGEST_SEGMENT = 64;

/** Whether a value says enough to be cut out of other texts. */
export function telling(value: string): boolean {
  return value.length >= (/[^\x20-\x7e]/.test(value) ? SHORTEST_WIDE : SHORTEST);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not every percent sign on the wire is an escape; then the text is what it is.
    return text;
  }
}

export class Redaction {
  readonly #everywhere: ReadonlySet<string>;
  readonly #here: readonly string[];

  /**
   * @param everywhere telling values found anywhere in the session: whole segments and keys equal to one are cut.
   * @param here values found in the exchange the text belongs to: cut wherever they stand.
   */
  constructor(everywhere: ReadonlySet<string>, here: Iterable<string>) {
    this.#everywhere = everywhere;
    this.#here = [...here].filter(telling).sort((a, b) => b.length - a.length);
  }

  text(text: string): string {
    let result = text;
    for (const value of this.#here) result = result.replaceAll(value, CUT);
    return result.replace(DIGITS, CUT);
  }

  #segment(segment: string): string {
    const plain = decoded(segment);
    if (this.#everywhere.has(plain) || this.#everywhere.has(segment)) return CUT;
    const clean = this.text(plain);
    const kept = clean === plain ? this.text(segment) : clean;
    return kept.length > LONGEST_SEGMENT ? `${kept.slice(0, 8)}${CUT}` : kept;
  }

  /** Scheme, host, path and the names of the query; no user name, no query value, no fragment. */
  url(url: string): string {
    const parts = /^([a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/is.exec(url);
    if (parts === null) return CUT;
    const [, scheme = '', authority = '', path = '', query = ''] = parts;
    const host = authority.slice(authority.lastIndexOf('@') + 1);
    const segments = path.split('/').map((segment) => this.#segment(segment));
    const names = query
      .slice(1)
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair) => {
        const equals = pair.indexOf('=');
        // A query without "=" is a value that has no name.
        return equals <= 0 ? CUT : `${this.#segment(pair.slice(0, equals))}=${CUT}`;
      });
    return `${scheme}${host}${segments.join('/')}${names.length === 0 ? '' : `?${names.join('&')}`}`;
  }

  /** A field path; its delimiters stay, so that it can still be followed. */
  path(path: string): string {
    return this.text(path.replace(/[^.|$[\]"]+/g, (token) => (this.#everywhere.has(token) ? CUT : token)));
  }
}
