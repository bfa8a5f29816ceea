import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shortestSingle } from '../../src/decode/single.js';

const bits = fc.float({ noNaN: true, noDefaultInfinity: true });

test('what a program wrote in a few digits is read in these', () => {
  for (const written of [31.2304, 121.4737, 0.1, 8388.608, -1.5, 16_777_216, 0]) expect(shortestSingle(Math.fround(written))).toBe(written);
});

test('incident: eight digits were another number of 32 bits', () => {
  expect(shortestSingle(Math.fround(123_456_789))).toBe(123_456_792);
  expect(shortestSingle(Math.fround(1.00000012))).toBe(1.0000001);
  fc.assert(fc.property(bits, (value) => Math.fround(shortestSingle(value)) === value));
});

test('no number of fewer digits has the same bits', () => {
  fc.assert(
    fc.property(bits, (value) => {
      const told = shortestSingle(value);
      const digits = String(Math.abs(told)).replace(/e.*$|^0\.0*|[.]/g, '').length;
      if (!Number.isInteger(value) && digits > 6) expect(Math.fround(Number(value.toPrecision(digits - 1)))).not.toBe(value);
    }),
  );
});

test('infinities are none of them', () => {
  expect(shortestSingle(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  expect(shortestSingle(Number.NaN)).toBeNaN();
});
