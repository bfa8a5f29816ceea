import { expect, test } from 'vitest';
import { limits } from '../../../src/limits.js';
import { nearMisses } from '../near-misses.js';
import { inside, opened } from '../sample.js';

const DOCUMENT = '{"imei":"860000000000001","a":"张三"}';
const bytes = [...Buffer.from(DOCUMENT)];
const units = Array.from(DOCUMENT, (char) => char.charCodeAt(0));
const signed = bytes.map((byte) => (byte > 127 ? byte - 256 : byte));
const hex = (code: number, size: number) => code.toString(16).padStart(size, '0');
const octal = (code: number, size: number) => code.toString(8).padStart(size, '0');

test('numbers of bytes, whatever stands between them', () => {
  const texts = [' ', ',', ', ', ';', '|', ':', '_', '-', '.', '\n'].map((gap) => bytes.join(gap));
  texts.push(signed.join(','), signed.join(' '), `String.fromCharCode(${units.join(',')})`, `new Uint8Array([${bytes.join(', ')}])`);
  texts.push(bytes.map((byte) => `chr(${byte})`).join('.'), bytes.map((byte) => `0x${hex(byte, 2)}`).join(';'));
  texts.push(bytes.map((byte) => `(byte)0x${hex(byte, 2)}`).join(', '), bytes.map((byte) => octal(byte, 3)).join(' '));
  texts.push(bytes.map((byte) => `0${octal(byte, 0)}`).join(','), bytes.map((byte) => byte.toString(2).padStart(8, '0')).join(' '));
  texts.push(bytes.map((byte) => byte.toString(2).padStart(8, '0')).join(''), bytes.map((byte) => String(byte).padStart(3, '0')).join(''));
  texts.push(units.map((unit) => `U+${hex(unit, 4).toUpperCase()}`).join(' '), units.map((unit) => `&#${unit}`).join(''));
  for (const text of texts) {
    const found = inside(text);
    expect(found['|codes|json$.imei'], text).toBe('860000000000001');
    expect(found['|codes|json$.a'], text).toBe('张三');
  }
});

test('a whole body', () => {
  expect(opened(bytes.join(' '), 'text/plain')).toMatchObject({ 'body|codes|json$.imei': '860000000000001' });
});

test('series of measurements, dates, addresses, versions and order numbers stay what they are', () => {
  const series = Array.from({ length: 60 }, (_, index) => 60 + ((index * 7) % 40));
  for (const text of [
    series.join(','),
    series.join(' '),
    '49,51,56,48,48,49',
    '192.168.10.20.30.40',
    '2024-11-23 09:30:00.123',
    '12:30:45.120,33',
    '01010101010101010101010101010101',
    '123034099911122233344455',
    '1,2,3;4,5,6',
    'rgb(12, 34, 56)',
    'matrix(1, 0, 0, 1, 20, 20)',
  ])
    expect(
      Object.keys(opened(JSON.stringify({ a: text }))).filter((path) => path.includes('codes')),
      text,
    ).toEqual([]);
});

test('a longer text than a field may have is left alone', () => {
  const text = `${bytes.join(' ')}${' 32'.repeat(limits.fieldText / 3)}`;
  expect(Object.keys(opened(JSON.stringify({ a: text }))).filter((path) => path.includes('codes'))).toEqual([]);
});

nearMisses('codes', { content: bytes.join(' '), inner: true });
