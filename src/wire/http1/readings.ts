import { limits } from '../../limits.js';
import type { Headers, RequestMessage } from '../../model/exchange.js';
import type { TapOpen } from '../../model/tap.js';
import type { Budget } from '../budget.js';
import { Intake } from '../intake.js';
import { latin1 } from '../latin1.js';
import { Tally } from '../tally.js';
import { Warnings } from '../warnings.js';
import { ChunkedBody } from './chunked.js';
import { headLength } from './head.js';
import { readRequestHead, type Understanding } from './request.js';
import { mayBeRequestLine } from './start-line.js';

/**
 * The other readings of an ambiguous request, made from the bytes behind its head. Where a reading ends earlier than the usual one, what
 * is left is read as further requests: this is how request smuggling hides them, and they count as seen.
 * @param raw bytes behind the head as on the wire, as far as the usual reading reached and at most `limits.bodyKept`.
 * @param warnings told (`limit-wireReadings`) where there are more readings than are made.
 * @returns at most `limits.wireReadings` requests.
 */
export function otherReadings(
  open: TapOpen,
  budget: Budget,
  others: ReadonlyArray<Understanding & { readonly strict?: boolean }>,
  raw: Uint8Array,
  warnings: Warnings,
): RequestMessage[] {
  const found: RequestMessage[] = [];
  for (const other of others) {
    let current: Understanding | null = other;
    let rest = raw;
    let strict = other.strict === true;
    while (current !== null && found.length < limits.wireReadings) {
      const read = readBody(budget, current, rest, strict);
      found.push({ ...current.head, body: read.body, trailers: read.trailers });
      strict = false;
      rest = withoutEmptyLines(read.rest);
      current = null;
      const length = headLength(rest, 0);
      if (length > 0 && length <= limits.httpHead && mayBeRequestLine(latin1(rest.subarray(0, 512)))) {
        current = readRequestHead(open, rest.subarray(0, length), new Warnings())?.usual ?? null;
        rest = rest.subarray(length);
      }
    }
    if (current !== null) warnings.add('limit-wireReadings', `only ${limits.wireReadings} other readings of the framing were made`);
  }
  return found;
}

function withoutEmptyLines(bytes: Uint8Array): Uint8Array {
  let from = 0;
  while (bytes[from] === 0x0a || bytes[from] === 0x0d) from++;
  return bytes.subarray(from);
}

function readBody(budget: Budget, understanding: Understanding, raw: Uint8Array, strict: boolean) {
  const tally = new Tally(budget);
  const { framing } = understanding;
  let trailers: Headers = [];
  let rest = raw.subarray(0, 0);
  let cut = false;
  if (framing.kind === 'chunked') {
    const intake = new Intake();
    intake.push(raw);
    const chunked = new ChunkedBody(new Warnings(), strict);
    const result = chunked.read(intake, (piece) => tally.add(piece));
    cut = result !== 'done';
    trailers = chunked.trailers;
    if (!cut) rest = intake.view();
  } else {
    const length = framing.kind === 'length' ? framing.length : 0;
    tally.add(raw.subarray(0, length));
    cut = length > raw.length;
    rest = raw.subarray(Math.min(length, raw.length));
  }
  const body = tally.finish();
  return { body: cut ? { ...body, truncated: true } : body, trailers, rest };
}
