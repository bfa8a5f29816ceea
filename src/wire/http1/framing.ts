import type { Headers } from '../../model/exchange.js';
import { headerList, headerValues, trimOws } from '../headers.js';
import type { Warnings } from '../warnings.js';

/** How the end of a body is known. */
export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'close' };

const NONE: Framing = { kind: 'none' };
const CHUNKED: Framing = { kind: 'chunked' };

/** One reading, and the ones of parsers that decide otherwise. */
export interface Framings {
  readonly usual: Framing;
  readonly others: readonly Framing[];
}

/**
 * How a request body ends (RFC 9112 section 6.3), strict in naming what is ambiguous. Where a conforming server would refuse, both
 * readings that a lenient one could make are given; which of them the origin took cannot be seen from here.
 */
export function requestFramings(headers: Headers, httpVersion: string, warnings: Warnings): Framings {
  const lengths = lengthReadings(headers, warnings);
  const byLength = lengths.usual === null ? NONE : lengthFraming(lengths.usual);
  const others = lengths.others.map(lengthFraming);
  if (headerValues(headers, 'transfer-encoding').length === 0) return { usual: byLength, others: distinct(byLength, others) };
  const codings = headerList(headers, 'transfer-encoding');
  const clean = codings.at(-1) === 'chunked' && codings.indexOf('chunked') === codings.length - 1;
  const known = codings.every((coding) => /^(?:x-)?(?:chunked|gzip|deflate|compress)$/.test(coding));
  if (lengths.usual !== null) warnings.add('content-length-with-transfer-encoding', codings.join(', '));
  if (!clean || !known) warnings.add('invalid-transfer-encoding', codings.join(', '));
  if (httpVersion === '1.0') warnings.add('transfer-encoding-in-http-1.0', codings.join(', '));
  remarkCodings(codings, warnings);
  const certain = clean && known && lengths.usual === null && httpVersion !== '1.0';
  if (certain) return { usual: CHUNKED, others: [] };
  // A token that only looks like chunked (`xchunked`) is unknown to the letter; with a length beside it the length is the likelier reading.
  const usual = codings.includes('chunked') || lengths.usual === null ? CHUNKED : byLength;
  return { usual, others: distinct(usual, [CHUNKED, byLength, ...others]) };
}

/**
 * How a response body ends. Ambiguity is named but not read twice: responses are not what the phone sent.
 * @param method of the request it answers.
 */
export function responseFraming(method: string, status: number, headers: Headers, warnings: Warnings): Framing {
  const codings = headerList(headers, 'transfer-encoding');
  const bodiless = method === 'HEAD' || status === 204 || status === 304 || (status >= 100 && status < 200);
  if (bodiless) {
    if (codings.length > 0 && method !== 'HEAD') warnings.add('transfer-encoding-without-body', `status ${status}`);
    return NONE;
  }
  const lengths = lengthReadings(headers, warnings);
  if (codings.length > 0) {
    if (lengths.usual !== null) warnings.add('content-length-with-transfer-encoding', codings.join(', '));
    if (codings.at(-1) !== 'chunked') warnings.add('invalid-transfer-encoding', codings.join(', '));
    remarkCodings(codings, warnings);
    return codings.includes('chunked') ? CHUNKED : { kind: 'close' };
  }
  return lengths.usual === null ? { kind: 'close' } : lengthFraming(lengths.usual);
}

/** `Transfer-Encoding: gzip, chunked` is legal and all but unused; its inner coding stays on the body, and that is said. */
function remarkCodings(codings: readonly string[], warnings: Warnings): void {
  if (codings.some((coding) => coding !== 'chunked')) warnings.add('transfer-coding', codings.join(', '));
}

function lengthReadings(headers: Headers, warnings: Warnings): { readonly usual: number | null; readonly others: readonly number[] } {
  const stated = headerValues(headers, 'content-length');
  if (stated.length === 0) return { usual: null, others: [] };
  const members = stated.flatMap((value) => value.split(',')).map(trimOws);
  const numbers: number[] = [];
  for (const member of members) {
    if (/^\d{1,15}$/.test(member)) numbers.push(Number(member));
    else {
      warnings.add('invalid-content-length', member);
      // `+4` and `4abc` are 4 to parsers built on strtol, and nothing at all to the others.
      const lenient = /^[+]?(\d{1,15})/.exec(member)?.[1];
      numbers.push(lenient === undefined ? 0 : Number(lenient), 0);
    }
  }
  if (members.length > 1) warnings.add('duplicate-content-length', members.join(', '));
  const usual = numbers[0] ?? 0;
  const others = [...new Set(numbers)].filter((number) => number !== usual);
  if (members.length > 1 && new Set(members).size > 1) warnings.add('conflicting-content-length', members.join(', '));
  return { usual, others };
}

function lengthFraming(length: number): Framing {
  return length === 0 ? NONE : { kind: 'length', length };
}

/** Whether two readings of a head end the body at the same byte. */
export function sameFraming(a: Framing, b: Framing): boolean {
  return a.kind === b.kind && (a.kind !== 'length' || (b.kind === 'length' && a.length === b.length));
}

function distinct(usual: Framing, others: readonly Framing[]): Framing[] {
  const kept: Framing[] = [];
  for (const other of others)
    if (!sameFraming(usual, other) && !kept.some((one) => sameFraming(one, other)) && kept.length < 4) kept.push(other);
  return kept;
}
