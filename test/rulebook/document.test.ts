import { expect, test } from 'vitest';
import { z } from 'zod';
import { RuleDocument } from '../../src/rulebook/document.js';
import { ruleErrorOf } from './rules-folder.js';

const schema = z.strictObject({ a: z.string(), list: z.array(z.strictObject({ n: z.int() })).default([]) });
const read = (text: string) => new RuleDocument('x.yaml', text).read(schema);

test('YAML 1.2 core: "no" and dates stay text', () => {
  expect(read('a: no').a).toBe('no');
  expect(read('a: 2021-05-01').a).toBe('2021-05-01');
});

test('an error names the line of the value that is wrong', () => {
  expect(ruleErrorOf(() => read('a: x\nlist:\n  - n: 1\n  - n: two\n'))).toMatchObject({ file: 'x.yaml', line: 4, key: 'list[1].n' });
});

test('of several errors the first in the file is told', () => {
  expect(ruleErrorOf(() => read('b: 1\na: 2\n'))).toMatchObject({ line: 1, key: 'b' });
});

test('a missing key is told at what should hold it', () => {
  const error = ruleErrorOf(() => read('a: x\nlist:\n  - m: 1\n'));
  expect(error).toMatchObject({ line: 3 });
});

test('an empty file, a list, a second document and a foreign tag are refused', () => {
  for (const text of ['', '- a', 'a: x\n---\na: y', 'a: !!js/function x']) expect(() => read(text)).toThrow(/OVR_RULE|x\.yaml/);
});

test('aliases are refused, so that no file grows when it is read', () => {
  const laughs = 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n';
  expect(ruleErrorOf(() => read(laughs)).message).toContain('alias');
});

test('what was parsed before is taken as it is, and a problem with it still has its line', () => {
  const text = 'a: x\nlist:\n  - n: 1\n  - n: two\n';
  expect(new RuleDocument('x.yaml', 'a: written', { a: 'known' }).read(schema)).toEqual({ a: 'known', list: [] });
  const document = new RuleDocument('x.yaml', text, { a: 'x', list: [{ n: 1 }, { n: 'two' }] });
  expect(ruleErrorOf(() => document.read(schema))).toMatchObject({ line: 4, key: 'list[1].n' });
});
