import { expect, test } from 'vitest';
import { ENCODINGS, glyphText } from '../../../src/decode/pdf/encodings.js';

test('the encodings by name', () => {
  expect(ENCODINGS.WinAnsiEncoding![0x80]).toBe('€');
  expect(ENCODINGS.MacRomanEncoding![0x8e]).toBe('é');
  const standard = ENCODINGS.StandardEncoding!;
  expect([0x27, 0x41, 0xa5, 0xae, 0xb1, 0xbf, 0xc1, 0xd0, 0xe1, 0xe8, 0xeb, 0xf1, 0xf5, 0xfb].map((byte) => standard[byte]).join('')).toBe(
    '’A¥ﬁ–¿`—ÆŁºæıß',
  );
  expect([standard[0xb0], standard[0xff], standard[0x01]]).toEqual(['', '', '']);
});

test('names of glyphs', () => {
  expect(['A', 'seven', 'space', 'eacute', 'at', 'uni5F20', 'uni5F204E09', 'u1F600', 'one.tnum', 'ffi', 'Scaron'].map(glyphText)).toEqual([
    'A',
    '7',
    ' ',
    'é',
    '@',
    '张',
    '张三',
    '😀',
    '1',
    'ﬃ',
    'Š',
  ]);
  expect(['g12', 'cid34', 'uniD800', '.notdef', 'hello'].map(glyphText)).toEqual([null, null, null, null, null]);
});
