import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Address, readAddress, SORTS, VIEWS, writeAddress } from '../../../src/live/page/address.js';

test('what is written is read back', () => {
  const text = fc.string({ unit: 'grapheme' });
  const address: fc.Arbitrary<Address> = fc.record({
    session: fc.option(text.filter((id) => id !== '')),
    view: fc.constantFrom(...VIEWS),
    filter: text,
    sort: fc.constantFrom(...SORTS),
    finding: fc.option(text.filter((id) => id !== '')),
    exchange: fc.option(fc.nat()),
    rule: fc.option(text.filter((id) => id !== '')),
    muted: fc.array(text.filter((name) => name !== '').map((name) => `host:${name}`)),
    compare: fc.option(text.filter((pair) => pair !== '')),
  });
  fc.assert(
    fc.property(address, (one) => {
      expect(readAddress(writeAddress(one).slice(1))).toEqual(one);
    }),
  );
});

test('strangers in the address mean the default, and a token never comes back', () => {
  expect(readAddress('?view=admin&sort=x&exchange=-1&mute=all&token=abc')).toEqual({
    session: null,
    view: 'findings',
    filter: '',
    sort: 'newest',
    finding: null,
    exchange: null,
    rule: null,
    muted: [],
    compare: null,
  });
  expect(writeAddress(readAddress('?token=abc'))).toBe('/');
});
