import { expect, test } from 'vitest';
import { readYaml } from '../../src/cli/yaml-text.js';

const fault = (line: number, problem: string) => new Error(`${line}: ${problem}`);

test('what it says, and on which line', () => {
  const { value, lineAt } = readYaml('\ufeffa: 1\nb:\n  - x\n  - y\n', fault);
  expect(value).toEqual({ a: 1, b: ['x', 'y'] });
  expect([lineAt(['b', 1]), lineAt(['b', 7]), lineAt(['c'])]).toEqual([4, 3, 1]);
  expect(readYaml('', fault).value).toBeNull();
});

test.each([
  ['a: 1\nb: [', /^2: /],
  ['a: 1\na: 2\n', /^2: /],
  ['a: &x [1]\nb: *x\n', /aliases are not allowed/],
  ['a: *nobody\n', /aliases are not allowed/],
])('%j is refused', (text, message) => {
  expect(() => readYaml(text, fault)).toThrow(message);
});
