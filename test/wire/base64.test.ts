import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Base64Pieces } from '../../src/wire/base64.js';

it('decodes pieces that are padded one by one, at any cut', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 6 }), fc.integer({ min: 1, max: 9 }), (parts, step) => {
      const coded = parts.map((part) => Buffer.from(part).toString('base64')).join('');
      const pieces = new Base64Pieces();
      const out: Buffer[] = [];
      for (let from = 0; from < coded.length; from += step) out.push(Buffer.from(pieces.push(Buffer.from(coded.slice(from, from + step)))));
      expect(Buffer.concat(out)).toEqual(Buffer.concat(parts));
      expect(pieces.open).toBe(false);
    }),
    { numRuns: 200 },
  );
});

it('skips line ends and says when a quad is open', () => {
  const pieces = new Base64Pieces();
  expect(Buffer.from(pieces.push(Buffer.from('aG\r\nVs'))).toString()).toBe('hel');
  pieces.push(Buffer.from('bG'));
  expect(pieces.open).toBe(true);
});
