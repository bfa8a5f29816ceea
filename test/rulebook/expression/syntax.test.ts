import { expect, test } from 'vitest';
import { isAnchored, readSyntax, type Term } from '../../../src/rulebook/expression/syntax.js';

/** Only the term, without lookarounds. */
const term = (source: string): Term => readSyntax(source).term;
const has = (source: string, character: string): boolean => {
  const found = term(source);
  const set = found.kind === 'sequence' ? found.parts[0] : found;
  const code = character.codePointAt(0) ?? 0;
  return set?.kind === 'set' && set.ranges.some(([from, to]) => from <= code && code <= to);
};

test.each([
  ['\\d', '7', 'a'],
  ['\\D', 'a', '7'],
  ['[^a-c]', 'd', 'b'],
  ['[a\\-z]', '-', 'b'],
  ['[a-]', '-', 'b'],
  ['[\\w-]', '-', '+'],
  ['\\x41', 'A', 'B'],
  ['\\u{4e00}', '一', '丁'],
  ['\\u4e00', '一', '丁'],
  ['\\p{Script=Han}', '汉', 'h'],
  ['\\P{Script=Han}', 'h', '汉'],
  ['.', 'x', '\n'],
  ['\\.', '.', 'x'],
  ['[\\]]', ']', '['],
])('%s holds %s and not %s', (source, inside, outside) => {
  expect(has(source, inside)).toBe(true);
  expect(has(source, outside)).toBe(false);
});

test('repetitions with their bounds, lazy or not', () => {
  const bounds = (source: string) => {
    const found = term(source);
    const repeat = found.kind === 'sequence' ? found.parts[0] : found;
    return repeat?.kind === 'repeat' ? [repeat.min, repeat.max] : null;
  };
  expect(['a*', 'a+?', 'a?', 'a{3}', 'a{2,}', 'a{2,5}?'].map(bounds)).toEqual([
    [0, null],
    [1, null],
    [0, 1],
    [3, 3],
    [2, null],
    [2, 5],
  ]);
});

test('anchors count only where every way has them', () => {
  expect(['^a$', '^(?:a|b)$', '^a$|^b$', '(?:^a$)'].map((source) => isAnchored(term(source)))).toEqual([true, true, true, true]);
  expect(['a$', '^a', '^a|b$', '', '(?:^a|b$)'].map((source) => isAnchored(term(source)))).toEqual([false, false, false, false, false]);
});

test('insides of lookarounds are kept for a look of their own', () => {
  expect(readSyntax('^(?=a)(?!b)(?<=c)(?<!d)(?<name>e)$').lookarounds).toHaveLength(4);
});

test('a back reference is refused', () => {
  expect(() => readSyntax('(a)\\1')).toThrow(SyntaxError);
  expect(() => readSyntax('(?<n>a)\\k<n>')).toThrow(SyntaxError);
});
