import { expect, test } from 'vitest';
import { limits } from '../../src/limits.js';
import { containing, indexable, literal, phrasesOf, plainText, searchExpression, searchedOf, searchRow } from '../../src/store/search.js';

test('what is typed becomes quoted phrases, the last word open', () => {
  const expression = (typed: string) => searchExpression(phrasesOf(typed));
  expect(expression('oaid abcd-12')).toBe('"oaid"* "abcd 12"*');
  expect(expression('上海 x')).toBe('"上 海"* "x"*');
  expect(expression('a"b OR NEAR(c)*')).toBe('"a b"* "OR"* "NEAR c"*');
  for (const nothing of ['', '   ', '"', '-*()', '\u0000']) expect(phrasesOf(nothing)).toEqual([]);
});

test('LIKE has no wildcard but ours', () => {
  expect(literal('a%b_c\\')).toBe('a\\%b\\_c\\\\');
  expect(containing('x')).toBe('%x%');
});

test('Han characters are words of their own; long texts are cut', () => {
  expect(indexable('在上海ok')).toBe(' 在  上  海 ok');
  expect(indexable('x'.repeat(limits.searchText + 9))).toHaveLength(limits.searchText);
});

test('a row of the index leads back to its exchange and cannot meet another', () => {
  expect(searchRow(0, -2)).toBe(0n);
  expect(searchRow(3, -1) >> 20n).toBe(3n);
  expect(searchRow(2 ** 32, 10_000) >> 20n).toBe(2n ** 32n);
});

test('only bytes that stand as text on the wire are indexed as they are', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  expect(plainText(bytes('{"城市":"上海"}'), false)).toBe('{"城市":"上海"}');
  expect(plainText(bytes('x'), true)).toBeNull();
  expect(plainText(new Uint8Array(0), false)).toBeNull();
  expect(plainText(new Uint8Array([1, 0, 2]), false)).toBeNull();
  expect(
    plainText(
      Uint8Array.from({ length: 100 }, (_, at) => 128 + (at % 100)),
      false,
    ),
  ).toBeNull();
  // A character cut in half at the bound does not make a text binary.
  expect(plainText(bytes('城').subarray(0, 2), false)).toBe('\ufffd');
});

test('what decoding found is indexed beside the text of the wire, and escapes of JSON are read', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  expect(searchedOf(bytes('{"a":"\\u624b\\u673a"}'), false, undefined).words).toBe('{"a":" 手  机 "}');
  expect(searchedOf(bytes('a=%E6%89%8B'), false, 'a=手').words).toBe('a=%E6%89%8B\na= 手 ');
  expect(searchedOf(new Uint8Array([31, 139]), true, 'inside').words).toBe('\ninside');
  expect(searchedOf(new Uint8Array(0), false, undefined).words).toBe('');
});

test('a body is searched in part where its text, or what was decoded of it, or a word is longer than what is indexed', () => {
  const words = (length: number) => 'word '.repeat(length / 5 + 1).slice(0, length);
  const plain = (text: string) => searchedOf(new TextEncoder().encode(text), false, undefined).partly;
  expect(plain(words(limits.searchText))).toBe(false);
  expect(plain(words(limits.searchText + 1))).toBe(true);
  // Pictures and what is encoded are no text: what decoding found of them is.
  expect(searchedOf(new Uint8Array(2 * limits.searchText), false, undefined).partly).toBe(false);
  expect(searchedOf(Buffer.from(words(2 * limits.searchText)), true, words(limits.searchText)).partly).toBe(false);
  expect(searchedOf(Buffer.from('short'), true, words(limits.searchText + 1)).partly).toBe(true);
  for (const before of [0, 1, 100, 255, 256, 257, 300, 1_000]) {
    const at = words(before).replaceAll(' ', '-');
    expect(plain(`${at} ${'x'.repeat(limits.searchWord)} end`), `${before}`).toBe(false);
    expect(plain(`${at} ${'x'.repeat(limits.searchWord + 1)} end`), `${before}`).toBe(true);
    expect(plain(`${at} ${'x'.repeat(limits.searchWord + 1)}`), `${before}`).toBe(true);
  }
  expect(plain('手'.repeat(1_000)), 'each of these is a word of its own').toBe(false);
});
