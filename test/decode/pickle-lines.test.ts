import { expect, test } from 'vitest';
import type { PickleValue } from '../../src/decode/pickle.js';
import { floatLine, integerLine, stringLine, unicodeLine } from '../../src/decode/pickle-lines.js';

const textOf = (value: PickleValue | null) => (value?.kind === 'text' ? value.bytes.toString('utf8') : null);

test('integers, long ones and switches', () => {
  expect(integerLine('-5')).toEqual({ kind: 'number', value: -5n });
  expect(integerLine('5L')).toEqual({ kind: 'number', value: 5n });
  expect(integerLine('00')).toEqual({ kind: 'boolean', value: false });
  expect(textOf(integerLine('1'.repeat(1_000)))).toHaveLength(1_000);
  for (const none of ['', 'L', '5 ', '0x1', '1e3']) expect(integerLine(none), none).toBeNull();
});

test('real numbers', () => {
  expect(floatLine('31.2304')).toEqual({ kind: 'number', value: 31.2304 });
  expect(floatLine('1e+16')).toEqual({ kind: 'number', value: 1e16 });
  for (const none of ['', '.', 'nan', '1.2.3', ' 1']) expect(floatLine(none), none).toBeNull();
});

test('bytes between quotes, and texts of which some characters are numbers', () => {
  expect(textOf(stringLine(String.raw`'it\'s \xe5\xbc\xa0\n\\x41 \q'`))).toBe("it's 张\n\\x41 \\q");
  expect(textOf(stringLine('"a"'))).toBe('a');
  for (const none of ['', "'", "'a", 'a']) expect(stringLine(none), none).toBeNull();
  expect(textOf(unicodeLine(String.raw`\u5f20\U0001f600é\n`))).toBe('张😀é\\n');
});

test('incident: a line of a million escapes took hundreds of MiB', () => {
  const before = process.memoryUsage();
  const many = 1_000_000;
  expect(textOf(unicodeLine('\\u4e00'.repeat(many)))).toHaveLength(many);
  expect(textOf(stringLine(`'${'\\x41'.repeat(many)}'`))).toBe('A'.repeat(many));
  // What each escape leaves behind is gone at the next collection; a list of their pieces was not.
  expect(process.memoryUsage().heapUsed - before.heapUsed).toBeLessThan(150 * 2 ** 20);
  expect(textOf(unicodeLine(String.raw`a\\u4e00 \ud83d\ude00 \U0010FFFF \u12 \\`))).toBe('a\\\\u4e00 😀 \u{10ffff} \\u12 \\\\');
});
