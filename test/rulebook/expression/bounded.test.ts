import { expect, test } from 'vitest';
import { buildAutomaton } from '../../../src/rulebook/expression/automaton.js';
import { characters, unbounded, waysLog10 } from '../../../src/rulebook/expression/bounded.js';
import { readSyntax } from '../../../src/rulebook/expression/syntax.js';

const ways = (source: string): number => Math.round(10 ** waysLog10(readSyntax(source).term));

test('choices add, what stands in a row multiplies', () => {
  expect(['abc', 'a|b', '(?:a|b)(?:c|d)', 'a?', 'a{1,3}', 'a{9}', 'a+'].map(ways)).toEqual([1, 2, 4, 2, 3, 1, 1]);
});

test('a repetition raises what it repeats', () => {
  expect(['(?:a|b){3}', '(?:a{1,3}){1,3}', '(?:a?){2}'].map(ways)).toEqual([8, 81, 4]);
  expect(waysLog10(readSyntax('(?:\\d{1,50}){1,50}').term)).toBeGreaterThan(80);
});

test('every repetition becomes a loop, inside lookarounds nothing is left out', () => {
  expect(JSON.stringify(unbounded(readSyntax('a{2,3}(?:b?|c{4})').term))).not.toMatch(/"max":\d/);
  expect(JSON.stringify(unbounded(readSyntax('a{2,3}').term))).toContain('"min":1');
  expect(JSON.stringify(unbounded(readSyntax('a?').term))).toContain('"min":0');
});

test('written out, an expression has a character for each of its positions', () => {
  for (const source of ['abc', 'a|bc', 'a?b*c+', 'a{3}', 'a{2,5}', 'a{2,}', '(?:ab{3}|c){2,4}', '^$', 'a{0}'])
    expect([source, characters(readSyntax(source).term)]).toEqual([source, buildAutomaton(readSyntax(source).term).sets.length]);
});
