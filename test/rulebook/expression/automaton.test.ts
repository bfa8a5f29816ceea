import { expect, test } from 'vitest';
import { buildAutomaton, EmptyLoop } from '../../../src/rulebook/expression/automaton.js';
import { readSyntax } from '../../../src/rulebook/expression/syntax.js';

const edges = (source: string): string[] =>
  buildAutomaton(readSyntax(source).term).next.flatMap((row, from) => [...row].map(([to, ways]) => `${from}-${to}${ways > 1 ? '!' : ''}`));

test('one position per written character, one edge per step', () => {
  expect(edges('ab')).toEqual(['0-1']);
  expect(edges('a|b')).toEqual([]);
  expect(edges('ab?c')).toEqual(['0-1', '0-2', '1-2']);
  expect(edges('(?:ab)+')).toEqual(['0-1', '1-0']);
});

test('bounded repetitions are written out, each text in one way', () => {
  expect(edges('a{3}')).toEqual(['0-1', '1-2']);
  // The optional copies are numbered from the inside out.
  expect(edges('a{1,3}b')).toEqual(['0-2', '0-3', '1-3', '2-1', '2-3']);
});

test('two ways along one edge are marked', () => {
  expect(edges('(?:a+)+')).toEqual(['0-0!']);
  expect(edges('(?:x(?:a?|b?))+')).toContain('0-0!');
});

test('a loop around nothing', () => {
  expect(() => edges('(?:a?)*')).toThrow(EmptyLoop);
});
