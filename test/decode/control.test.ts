import { expect, test } from 'vitest';
import { areReadable, hasControl, isName } from '../../src/decode/control.js';
import type { Leaf } from '../../src/decode/decoder.js';

const leaf = (value: string, kind: Leaf['kind'] = 'string'): Leaf => ({ path: 'body.a', keys: ['a'], value, kind, group: 0 });

test('a text has tabs and lines, and no other control character', () => {
  expect(hasControl('a\tb\r\nc')).toBe(false);
  for (const code of [0, 8, 11, 12, 14, 31]) expect(hasControl(`a${String.fromCharCode(code)}b`), String(code)).toBe(true);
});

test('a name has no control character at all and no byte that is no text', () => {
  for (const name of ['imei', '设备 id', '']) expect(isName(name), name).toBe(true);
  for (const name of ['a\tb', 'a\u0000', 'a\ufffd']) expect(isName(name), JSON.stringify(name)).toBe(false);
});

test('one text that cannot be read makes a document unreadable; bytes are no text', () => {
  expect(areReadable([leaf('plain'), leaf('pages\u000cof them\n'), leaf('\u0000', 'binary')])).toBe(true);
  expect(areReadable([leaf('plain'), leaf('a\u0001')])).toBe(false);
  expect(areReadable([leaf('a\ufffd')])).toBe(false);
});
