import { expect, test } from 'vitest';
import { ambiguity } from '../../../src/rulebook/expression/ambiguity.js';
import { buildAutomaton } from '../../../src/rulebook/expression/automaton.js';
import { readSyntax } from '../../../src/rulebook/expression/syntax.js';

const of = (source: string) => ambiguity(buildAutomaton(readSyntax(source).term));

test.each([
  ['(?:a+)+', 'exponential'],
  ['(?:a|a)+', 'exponential'],
  ['(?:[ab]c|a[cd])+', 'exponential'],
  ['(?:ab|aba?)*', 'exponential'],
  ['(?:ab|ac)*', null],
  ['(?:ab|a|b)*', 'exponential'],
  ['a+a+', 'polynomial'],
  ['a+b?a+', 'polynomial'],
  ['a+ba+', null],
  ['.*x.*', 'polynomial'],
  ['[^x]*x.*', null],
  ['(?:a|b)+', null],
  ['a{2,9}', null],
] as const)('%s: %s', (source, expected) => {
  expect(of(source)).toBe(expected);
});
