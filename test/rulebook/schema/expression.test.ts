import { expect, test } from 'vitest';
import { expression } from '../../../src/rulebook/schema/expression.js';

test('an expression of a rule holds the whole value and is fast; another is refused in both languages', () => {
  expect(expression.parse('^o[0-9A-Za-z_-]{27}$')).toBe('^o[0-9A-Za-z_-]{27}$');
  for (const source of ['o[0-9]', '^(?:a+)+$', '^[$'])
    expect(expression.safeParse(source).error?.issues[0]?.message, source).toMatch(/\u001f.*\p{Script=Han}/u);
});
