import { describe, expect, test } from 'vitest';
import { expressionProblem } from '../../../src/rulebook/expression/verdict.js';

describe('slow expressions are refused', () => {
  test.each([
    '^(a+)+$',
    '^(a*)*$',
    '^(?:a|a)*$',
    '^(?:a|ab?)*b?$',
    '^(\\w+\\s?)*$',
    '^([a-z]+[A-Z]*)+$',
    '^\\d+\\d+$',
    '^.*.*$',
    '^\\s*\\w*\\s*\\w*$',
    '^(x(?:a?|b?))*$',
    '^(?:\\d{1,3}){2,}$',
    '^(?=(a+)+$)a$',
    '^(?:a?b?)*$',
    '^[a-z]+[A-Z]+$',
    '^(?:\\d{1,50}){1,19}$',
    '^(?:a|a){30}$',
    `^${'a?'.repeat(20)}a{20}$`,
    '^(?:a?b?){1,20}$',
  ])('%s', (source) => {
    expect(expressionProblem(source)?.en).toMatch(/^slow expression/);
    expect(expressionProblem(source)?.zh).toMatch(/^表达式太慢：/);
  });
});

describe('expressions that read every text in one way pass', () => {
  test.each([
    '^1[3-9]\\d{9}$',
    '^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$',
    '^[\\w.+-]{1,64}@[\\w-]+(?:\\.[\\w-]+)+$',
    '^(?:\\d+,)*\\d+$',
    '^\\d{15}(?:\\d{2}[\\dXx])?$',
    '^(?:foo|bar)+$',
    '^\\p{Script=Han}{2,4}$',
    '^[^,]+,[^,]+$',
    '^\\+?\\d{1,3}[- ]?\\d{4,14}$',
    '^(?!0{15})\\d{15}$',
    '^\\d{1,400}$',
    '^(?:\\d{1,3}\\.){3}\\d{1,3}$',
    '^(?:[0-9a-f]{2}[:-]?){5}[0-9a-f]{2}$',
    '^(?:[ab]{1,3}){1,3}$',
    '^(?:foo|bar|baz){12}$',
    '^a$|^b$',
  ])('%s', (source) => {
    expect(expressionProblem(source)).toBeNull();
  });
});

test.each([
  ['(a', 'not a regular expression'],
  ['\\d{11}', 'begin it with ^'],
  ['^a|b$', 'begin it with ^'],
  ['^(a)\\1$', 'back reference'],
  [`^${'a'.repeat(3000)}$`, 'longer than'],
  ['^(?:a{500}b{500}){2}$', 'too large'],
])('%s is refused', (source, problem) => {
  expect(expressionProblem(source)?.en).toContain(problem);
  expect(expressionProblem(source)?.zh).toMatch(/\p{Script=Han}/u);
});

test('what passes is fast on a text made to fail, and what is refused as exponential is not', () => {
  // 22 doublings: tens of milliseconds; the ratio is what counts, and the best of five keeps a busy machine out of it.
  const time = (source: string, length: number): number => {
    const before = process.hrtime.bigint();
    new RegExp(source, 'u').test(`${'a'.repeat(length)}!`);
    return Number(process.hrtime.bigint() - before);
  };
  expect(expressionProblem('^(?:a+b)*a*$')).toBeNull();
  expect(expressionProblem('^(?:a+)+$')).not.toBeNull();
  expect(time('^(?:a+)+$', 22)).toBeGreaterThan(20 * Math.min(...[1, 2, 3, 4, 5].map(() => time('^(?:a+b)*a*$', 22))));
});
