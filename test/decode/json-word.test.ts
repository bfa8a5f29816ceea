import { expect, test } from 'vitest';
import { kindOf } from '../../src/decode/json-word.js';

test.each([
  ['0', 'number'],
  ['-1.5e10', 'number'],
  ['0x1F', 'number'],
  ['89860012345678901238', 'number'],
  ['12n', 'number'],
  ['.5', 'number'],
  ['NaN', 'number'],
  ['true', 'boolean'],
  ['False', 'boolean'],
  ['null', 'null'],
  ['None', 'null'],
  ['undefined', 'null'],
  ['1.2.3', null],
  ['1970-01-01', null],
  ['TRUE', null],
  ['', null],
])('%s is %s', (word, kind) => {
  expect(kindOf(word)).toBe(kind);
});
