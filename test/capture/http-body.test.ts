import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BodyEnd } from '../../src/capture/http-body.js';
import type { Framing } from '../../src/capture/http-head.js';
import { limits } from '../../src/limits.js';

const CHUNKED: Framing = { kind: 'chunked' };

/** Feeds the text in pieces; returns how much of it belongs to the body. */
function feed(framing: Framing, text: string, size = text.length): { readonly taken: number; readonly body: BodyEnd } {
  const body = new BodyEnd(framing);
  const bytes = Buffer.from(text, 'latin1');
  let taken = 0;
  for (let at = 0; at < bytes.length && !body.done && !body.broken; at += size) taken += body.take(bytes.subarray(at, at + size), 0);
  return { taken, body };
}

test('no body, a length, and until the end', () => {
  expect(new BodyEnd({ kind: 'none' }).done).toBe(true);
  expect(new BodyEnd({ kind: 'length', length: 0 }).done).toBe(true);
  const { taken, body } = feed({ kind: 'length', length: 5 }, 'helloGET', 3);
  expect([taken, body.done]).toEqual([5, true]);
  expect(feed({ kind: 'until-close' }, 'x'.repeat(100)).taken).toBe(100);
});

describe('chunks', () => {
  const good = '3;ext="a;b"\r\nabc\r\n00A  \r\n0123456789\r\n0\r\nT: 1\r\nU: 2\r\n\r\n';
  test('end where they end, at every piece size', () => {
    for (let size = 1; size <= good.length; size++) {
      const { taken, body } = feed(CHUNKED, `${good}GET / HTTP/1.1`, size);
      expect([taken, body.done, body.broken], String(size)).toEqual([good.length, true, false]);
    }
  });

  test.each([
    '0x3\r\nabc\r\n',
    '3\nabc\r\n',
    '3\r\nabcd\r\n',
    '3\r\nabc\n',
    'g\r\n',
    '\r\n',
    '-1\r\n',
    ' 3\r\nabc\r\n',
    '123456789012345\r\n',
    '3 x\r\n',
    '0\r\nT: 1\n\r\n',
  ])('%j breaks the reading', (text) => {
    const { body } = feed(CHUNKED, text);
    expect([body.done, body.broken]).toEqual([false, true]);
  });

  test('endless size lines and trailers end at their limits', () => {
    expect(feed(CHUNKED, `1;${'x'.repeat(limits.chunkLine + 10)}`).body.broken).toBe(true);
    expect(feed(CHUNKED, `0\r\n${'T: 1\r\n'.repeat(limits.httpHead)}`).body.broken).toBe(true);
  });

  test('whatever is sent in chunks is found whole', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        (parts, size) => {
          const text = `${parts.map((part) => `${part.length.toString(16)}\r\n${Buffer.from(part).toString('latin1')}\r\n`).join('')}0\r\n\r\n`;
          expect(feed(CHUNKED, `${text}next`, size).taken).toBe(text.length);
        },
      ),
    );
  });
});
