import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { headerText, readText, utf8Text } from '../../src/decode/charset.js';

test('UTF-8 first, whatever is declared', () => {
  expect(readText(Buffer.from('张三'), 'gbk', false)).toEqual({ text: '张三', step: null });
  expect(readText(Buffer.from('\ufeff{"a":1}'), '', false)).toEqual({ text: '{"a":1}', step: null });
  expect(utf8Text(Buffer.from('abc'))).toBe('abc');
});

test('declared charsets and GB18030 that nobody declared', () => {
  const gbk = Buffer.from([0xd5, 0xc5, 0xc8, 0xfd]);
  expect(readText(gbk, '', false)).toEqual({ text: '张三', step: 'gb18030' });
  expect(readText(gbk, 'GBK', false)?.step).toBe('gb18030');
  expect(readText(Buffer.from([0x63, 0x61, 0x66, 0xe9]), 'iso-8859-1', false)).toEqual({ text: 'café', step: 'iso-8859-1' });
  expect(readText(Buffer.from([0xff, 0xe9, 0x80, 0x81, 0x82, 0x83]), 'no-such-charset', false)).toBeNull();
});

test('one Chinese character among ASCII is GBK, two strange bytes alone are none', () => {
  const plate = Buffer.concat([Buffer.from([0xbe, 0xa9]), Buffer.from('A12345')]);
  expect(readText(plate, '', false)).toEqual({ text: '京A12345', step: 'gb18030' });
  expect(readText(Buffer.from([0xbe, 0xa9, 0x41, 0x42]), '', false)).toBeNull();
  expect(readText(Buffer.from('caf\u00e9 au lait', 'latin1'), '', false)?.step ?? null).toBeNull();
});

test('UTF-16 with and without a mark', () => {
  expect(readText(Buffer.from('\ufeff{"a":"手机"}', 'utf16le'), '', false)).toEqual({ text: '{"a":"手机"}', step: 'utf-16le' });
  expect(readText(Buffer.from('{"imei":"8600"}', 'utf16le'), '', false)).toEqual({ text: '{"imei":"8600"}', step: 'utf-16le' });
  expect(readText(Buffer.from('{"imei":"8600"}', 'utf16le').swap16(), '', false)?.step).toBe('utf-16be');
});

function units(content: string, little: boolean): Buffer {
  const bytes = Buffer.alloc([...content].length * 4);
  for (const [index, character] of [...content].entries()) {
    const code = character.codePointAt(0) ?? 0;
    if (little) bytes.writeUInt32LE(code, index * 4);
    else bytes.writeUInt32BE(code, index * 4);
  }
  return bytes;
}

test('UTF-32 by its mark, and as declared', () => {
  const text = '{"name":"张三","icon":"😀"}';
  expect(readText(units(`\ufeff${text}`, true), '', false)).toEqual({ text, step: 'utf-32le' });
  expect(readText(units(`\ufeff${text}`, false), '', false)).toEqual({ text, step: 'utf-32be' });
  expect(readText(units(text, true), 'utf-32le', false)).toEqual({ text, step: 'utf-32le' });
  expect(readText(units(text, false), 'UTF-32', false)).toEqual({ text, step: 'utf-32be' });
  expect(readText(units(text, true), 'UTF-32', false)).toEqual({ text, step: 'utf-32le' });
  expect(readText(units(text, true).subarray(0, 42), 'utf-32', true)).toEqual({ text: text.slice(0, 10), step: 'utf-32le' });
  // Wrongly declared, and what only begins like it.
  expect(readText(Buffer.from('{"a":"bcd"}1'), 'utf-32', false)).toEqual({ text: '{"a":"bcd"}1', step: null });
  expect(readText(Buffer.from([0, 0, 0xfe, 0xff, 0x91, 2, 3, 4]), '', false)).toBeNull();
  expect(readText(Buffer.from([0xff, 0xfe, 0, 0, 0, 0, 0, 0x41]), 'utf-32', false)?.step).not.toBe('utf-32le');
});

test('UTF-32 by its zeros', () => {
  const text = '{"name":"张三"}';
  expect(readText(units(text, true), '', false)).toEqual({ text, step: 'utf-32le' });
  expect(readText(units(text, false), '', false)).toEqual({ text, step: 'utf-32be' });
  // Numbers of 32 bits, too few characters, half a character.
  const numbers = Buffer.alloc(64);
  for (let i = 0; i < 16; i++) numbers.writeUInt32LE(100 + i * 7, i * 4);
  expect(readText(numbers, '', false)).toBeNull();
  expect(readText(units('12345', true), '', false)?.step).not.toBe('utf-32le');
  expect(readText(units(text, true).subarray(0, 42), '', false)?.step).not.toBe('utf-32le');
});

test('UTF-16 in which there is more Chinese than Latin', () => {
  const text = '收件人：张三，手机13900000000，地址北京市朝阳区建国路一百号';
  expect(readText(Buffer.from(text, 'utf16le'), '', false)).toEqual({ text, step: 'utf-16le' });
  expect(readText(Buffer.from(text, 'utf16le').swap16(), '', false)).toEqual({ text, step: 'utf-16be' });
  // Short, or nothing but ideographs, which Shift JIS looks like.
  expect(readText(Buffer.from(text.slice(0, 8), 'utf16le'), '', false)?.step).not.toBe('utf-16le');
  const kana = Buffer.from('8356837483678358'.repeat(8), 'hex');
  expect(readText(kana, '', false)?.step).not.toBe('utf-16be');
  expect(readText(kana, 'shift_jis', false)?.step).toBe('shift_jis');
});

test('random bytes are no text in any charset of wide characters', () => {
  const pool = createHash('shake256', { outputLength: 1 << 20 })
    .update('wide')
    .digest();
  for (let at = 0, length = 24; at + 96 < pool.length; at += 20, length = 24 + ((length * 4) % 72))
    expect(readText(pool.subarray(at, at + length), '', false)?.step ?? '', String(at)).not.toMatch(/^utf/);
});

test('records between separators of C0 are text, however short their fields', () => {
  const record = 'os\u0002android\u0001imei\u0002860000000000001\u0001n\u00021\u0001v\u00022';
  expect(readText(Buffer.from(record), '', false)).toEqual({ text: record, step: null });
  expect(readText(Buffer.from(record.slice(0, 20)), '', false)).toBeNull();
  expect(readText(Buffer.from(record.replaceAll('\u0001', '\u0008')), '', false)).toBeNull();
  expect(readText(Buffer.from('a\u0001'.repeat(30)), '', false)).toBeNull();
});

test('binary is not text', () => {
  expect(readText(Buffer.from([0, 1, 2, 3, 4, 5, 6, 7]), '', false)).toBeNull();
  expect(readText(Buffer.from('a\u0001\u0002\u0003b'), '', false)).toBeNull();
});

test('a character cut off by truncation does not spoil the text', () => {
  const bytes = Buffer.from('地址').subarray(0, 5);
  expect(readText(bytes, '', true)?.text).toBe('地');
  expect(readText(bytes, '', false)).toBeNull();
});

test('regression: half a character at the end of a cut body made a Chinese text unreadable', () => {
  const gbk = Buffer.concat([Buffer.from('{"":"'), Buffer.from('d5c5c8fdc0eecb', 'hex')]);
  for (const charset of ['', 'gbk']) {
    expect(readText(gbk, charset, true)).toEqual({ text: '{"":"张三李', step: 'gb18030' });
    expect(readText(gbk, charset, false)).toBeNull();
  }
  const wide = Buffer.from('{"phone":"13800138000"', 'utf16le');
  expect(readText(wide.subarray(0, -1), '', true)).toEqual({ text: '{"phone":"13800138000', step: 'utf-16le' });
});

test('a long text with one flipped byte is still a text', () => {
  const bytes = Buffer.from(`<note>${'words '.repeat(20)}</note>`);
  bytes[20] = 0xda;
  expect(readText(bytes, '', false)?.text).toContain('</note>');
});

test('header bytes', () => {
  expect(headerText('plain')).toEqual({ text: 'plain', step: null });
  expect(headerText(Buffer.from('上海').toString('latin1'))).toEqual({ text: '上海', step: null });
});

test('nul_behind_text: text that C sent with its end, or with the rest of its buffer', () => {
  const text = '{"a":"1","n":"张"}';
  for (const end of ['\0', '\0\0\0\0\0']) expect(readText(Buffer.from(text + end), '', false)).toEqual({ text, step: null });
  expect(readText(Buffer.concat([Buffer.from('a=1&name='), Buffer.from('d5c5c8fd00', 'hex')]), '', false)).toEqual({
    text: 'a=1&name=张三',
    step: 'gb18030',
  });
  // Integers, Protocol Buffers, and texts with an end inside.
  for (const bytes of [
    Buffer.from('ab\0\0'),
    Buffer.from('\n\u0010abcdefghijklmnop \0'),
    Buffer.from('\u0001abcdefgh\0'),
    Buffer.from('abcdefgh\0abcdefgh\0'),
  ])
    expect(readText(bytes, '', false)).toBeNull();
});

test('nickname_cut_by_the_byte: text with one broken character in 32 bytes is text', () => {
  const cut = Buffer.concat([Buffer.from('{"nick":"小明'), Buffer.from([0xf0, 0x9f]), Buffer.from('","id":"12345"}')]);
  expect(readText(cut, '', false)?.text).toBe('{"nick":"小明\ufffd","id":"12345"}');
  expect(readText(cut.subarray(0, 30), '', false)).toBeNull();
  expect(readText(Buffer.concat([cut, Buffer.from([0xf0, 0x9f])]), '', false)).toBeNull();
  // A frame around a text: controls, and one byte that is none.
  expect(
    readText(Buffer.concat([Buffer.from([0x0b, 0x14, 0x80]), Buffer.from('phone=13900000000&name=somebody'), Buffer.from([3])]), '', false),
  ).toBeNull();
});
