import { expect, test } from 'vitest';
import { readScalar, unquote } from '../../src/decode/yaml-scalar.js';
import { limits } from '../../src/limits.js';

test('numbers keep their digits, words of the core schema are what they mean, all else is a text', () => {
  expect(readScalar('13900000001')).toEqual({ value: '13900000001', kind: 'number' });
  expect(readScalar('0012.50')).toEqual({ value: '0012.50', kind: 'number' });
  expect(readScalar('True')).toEqual({ value: 'true', kind: 'boolean' });
  expect(readScalar('~')).toEqual({ value: 'null', kind: 'null' });
  expect(readScalar('!!str 5')).toEqual({ value: '5', kind: 'number' });
  for (const text of ['yes', '1.2.3', '12:30', '*base']) expect(readScalar(text)).toEqual({ value: text, kind: 'string' });
});

test('quotes, what is escaped, and lines that go on', () => {
  expect(unquote(`x'it''s' y`, 1)).toEqual({ value: "it's", end: 8 });
  expect(unquote(String.raw`"a\"\x41\u5f20\U0001f600\/\n"`, 0)?.value).toBe('a"A张😀/\n');
  expect(unquote('"one\n  two \\\n  three"', 0)?.value).toBe('one two three');
  expect(unquote("'one\n  two'", 0)?.value).toBe('one two');
  for (const open of ['"', '"a', '"a\\"', "'a''", "'"]) expect(unquote(open, 0), open).toBeNull();
});

test('incident: a quoted text of millions of lines took hundreds of MiB to fold: a long one stays as it is written', () => {
  const long = `one\n  two\\n`.repeat(limits.fieldText / 8);
  for (const quote of ['"', "'"]) expect(unquote(quote + long + quote, 0)).toEqual({ value: long, end: long.length + 2 });
});
