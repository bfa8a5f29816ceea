import type { Headers } from '../model/exchange.js';

/**
 * Removes spaces and tabs at both ends, and nothing else (OWS, RFC 9110 section 5.6.3). `String.trim` would also take the byte A0, the tail of
 * many a Chinese character in UTF-8, and a regular expression takes quadratic time over a value that is all spaces.
 */
export function trimOws(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isOws(text.charCodeAt(from))) from++;
  while (to > from && isOws(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

function isOws(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** Values of every field of that name (lower case), in wire order. */
export function headerValues(headers: Headers, name: string): string[] {
  const values: string[] = [];
  for (const [own, value] of headers) if (own.length === name.length && own.toLowerCase() === name) values.push(value);
  return values;
}

/** The first one, or null. */
export function headerValue(headers: Headers, name: string): string | null {
  for (const [own, value] of headers) if (own.length === name.length && own.toLowerCase() === name) return value;
  return null;
}

/** All members of a list-valued field (`Connection`, `Transfer-Encoding`), lower case, without whitespace, empty ones left out. */
export function headerList(headers: Headers, name: string): string[] {
  return headerValues(headers, name)
    .flatMap((value) => value.split(','))
    .map((member) => trimOws(member).toLowerCase())
    .filter((member) => member !== '');
}

/** A field list as lines of HTTP/1, for what has no place in a message and is searched as bytes. */
export function fieldLines(fields: Headers): Uint8Array {
  return Buffer.from(fields.map(([name, value]) => `${name}: ${value}\r\n`).join(''), 'latin1');
}
