import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alignedTexts, holdsInBase64 } from '../../../src/detect/forms/base64.js';
import type { Edge } from '../../../src/detect/forms/boundary.js';

/** Whether `value` is seen in `encoded`, at any alignment and place. */
function seen(encoded: string, value: string, edge: Edge = 'digits', encoding: 'base64' | 'base64url' = 'base64'): boolean {
  const text = Buffer.from(encoded);
  const bytes = Buffer.from(value);
  return alignedTexts(bytes, encoding).some(({ alignment, characters }) => {
    for (let at = text.indexOf(characters); at >= 0; at = text.indexOf(characters, at + 1))
      if (holdsInBase64(text, at, alignment, bytes, edge)) return true;
    return false;
  });
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const PHONE = '19900001234';

describe('a value inside base64', () => {
  test.each(['', 'x', 'xy', 'xyz', '{"p":"', 'p='])('after %j', (before) => {
    for (const after of ['', '"', '"}', '","a":1}']) expect(seen(base64(before + PHONE + after), PHONE)).toBe(true);
  });

  test.each(['1', 'a1', 'ab1', 'abc1'])('a digit before it (%j) makes it another number', (before) => {
    expect(seen(base64(`${before}${PHONE}"`), PHONE)).toBe(false);
  });

  test.each(['', 'a', 'ab', 'abc'])('so does one after it, at any alignment (%j)', (before) => {
    expect(seen(base64(`${before}${PHONE}9`), PHONE)).toBe(false);
    expect(seen(base64(`${before}${PHONE}9zz`), PHONE)).toBe(false);
  });

  test('another first or last character is another value, though the pattern has no bits of it', () => {
    for (const before of ['', 'a', 'ab', 'abc'])
      for (const other of ['19900001235', '19900001230', '29900001234', '09900001234'])
        expect(seen(base64(`${before}${other}"`), PHONE)).toBe(false);
    expect(seen(base64('k=京A0T0T1;v=2'), '京A0T0T2', 'word')).toBe(false);
    expect(seen(base64('k=京A0T0T2;v=2'), '京A0T0T2', 'word')).toBe(true);
  });

  test('plus and slash may be percent-encoded', () => {
    const value = 'ab?>~ab?>~ab';
    for (const before of ['', 'x', 'xy']) {
      const encoded = base64(`${before}${value}?>`).replaceAll('+', '%2B').replaceAll('/', '%2F');
      const found = alignedTexts(Buffer.from(value), 'base64').some(({ alignment, characters }) => {
        const at = encoded.indexOf(characters.replaceAll('+', '%2B').replaceAll('/', '%2F'));
        return at >= 0 && holdsInBase64(Buffer.from(encoded), at, alignment, Buffer.from(value), 'none');
      });
      expect(found).toBe(true);
    }
  });

  test('is found in any surroundings, and nothing else is', () => {
    const around = fc.string({ unit: fc.constantFrom('"', 'é', ' ', '{', 'z', '\u0000'), maxLength: 9 });
    fc.assert(
      fc.property(around, around, fc.constantFrom('base64' as const, 'base64url' as const), (before, after, encoding) => {
        const encoded = Buffer.from(before + PHONE + after).toString(encoding);
        expect(seen(encoded, PHONE, 'digits', encoding)).toBe(true);
        expect(seen(encoded, '19900001235', 'digits', encoding)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
