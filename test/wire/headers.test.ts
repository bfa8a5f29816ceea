import { expect, it } from 'vitest';
import { fieldLines, headerList, headerValue, headerValues, trimOws } from '../../src/wire/headers.js';

const HEADERS = [
  ['Connection', 'Keep-Alive, , Upgrade'],
  ['X', '1'],
  ['connection', 'close'],
] as const;

it('finds names in any case, in wire order', () => {
  expect(headerValues(HEADERS, 'connection')).toEqual(['Keep-Alive, , Upgrade', 'close']);
  expect(headerValue(HEADERS, 'x')).toBe('1');
  expect(headerValue(HEADERS, 'y')).toBeNull();
});

it('trims spaces and tabs only', () => {
  expect(trimOws(' \t a\xa0 b\xa0\t')).toBe('a\xa0 b\xa0');
  expect(trimOws(' \t ')).toBe('');
});

it('joins the members of a list over all its fields', () => {
  expect(headerList(HEADERS, 'connection')).toEqual(['keep-alive', 'upgrade', 'close']);
});

it('writes fields as lines, byte for byte', () => {
  expect(
    Buffer.from(
      fieldLines([
        ['a', '\xe5\x8c'],
        ['b', ''],
      ]),
    ).toString('latin1'),
  ).toBe('a: \xe5\x8c\r\nb: \r\n');
  expect(fieldLines([])).toHaveLength(0);
});
