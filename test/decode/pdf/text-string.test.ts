import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainText, textString, utf16be } from '../../../src/decode/pdf/text-string.js';

test('UTF-16 and UTF-8 by their marks, and the charset of PDF', () => {
  expect(textString(Buffer.from('feff5f204e09', 'hex'))).toBe('张三');
  expect(textString(Buffer.from('fffe205f094e', 'hex'))).toBe('张三');
  expect(textString(Buffer.from('\ufeff张三', 'utf8'))).toBe('张三');
  expect(textString(Buffer.from('caf\xe9 \x8d1\x8e \xa0', 'latin1'))).toBe('café “1” €');
  expect(textString(Buffer.from('feff001b007a0068001b5f20', 'hex'))).toBe('张');
});

test('every text comes back from UTF-16', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => utf16be(Buffer.from(text, 'utf16le').swap16()) === text));
  expect(utf16be(Buffer.from([0x5f, 0x20, 0x4e]))).toBe('张');
});

test('radicals and ligatures read as what they look like', () => {
  expect(plainText('⼈⾯ ﬁle 张')).toBe('人面 file 张');
});
