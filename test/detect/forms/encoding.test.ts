import { describe, expect, test } from 'vitest';
import { encodedPatterns } from '../../../src/detect/forms/encoding.js';

const of = (text: string) => encodedPatterns({ text, form: 'plain', edge: 'none' });
const forms = (text: string, form: string) =>
  of(text)
    .filter((pattern) => pattern.form === form)
    .map(({ bytes }) => Buffer.from(bytes).toString('latin1'));

describe('encodings', () => {
  test('percent: what must be, everything, twice, and + for the blank', () => {
    expect(forms('a b@c', 'percent')).toEqual(expect.arrayContaining(['a%20b%40c', 'a+b%40c', '%61%20%62%40%63']));
    expect(forms('a b@c', 'percent-twice')).toEqual(['a%2520b%2540c']);
  });

  test('GBK: raw, percent, hex, base64', () => {
    expect(forms('北京', 'gbk')).toEqual(['\xb1\xb1\xbe\xa9']);
    expect(forms('北京', 'gbk+percent')).toContain('%b1%b1%be%a9');
    expect(forms('北京', 'gbk+hex')).toEqual(['b1b1bea9']);
    expect(forms('北京', 'gbk+base64').length).toBe(3);
  });

  test('escapes of JSON, JavaScript and HTML', () => {
    expect(forms('北a', 'unicode-escape')).toEqual(expect.arrayContaining(['\\u5317a', '\\\\u5317a', '\\u5317\\u0061', '%u5317a']));
    expect(forms('a@b', 'html-entity')).toEqual(expect.arrayContaining(['a&#64;b', 'a&#x40;b']));
  });

  test('base64 at all three alignments is found inside any longer base64', () => {
    for (const before of ['', 'x', 'xy', 'xyz', '{"p":"']) {
      const whole = Buffer.from(`${before}19900001234"}`).toString('base64');
      expect(forms('19900001234', 'base64').some((part) => whole.includes(part))).toBe(true);
    }
  });

  test('hex folds case, base64 does not', () => {
    const patterns = of('abc?def');
    expect(patterns.filter(({ form }) => form === 'hex').every(({ fold }) => fold)).toBe(true);
    expect(patterns.filter(({ form }) => form.startsWith('base64')).every(({ fold }) => !fold)).toBe(true);
  });

  test('the name of the writing stays in front', () => {
    const patterns = encodedPatterns({ text: '8619900001234', form: 'country-code', edge: 'digits' });
    expect(patterns.map(({ form }) => form)).toEqual(expect.arrayContaining(['country-code', 'country-code+hex', 'country-code+reversed']));
  });

  test('a name in UTF-16 whose base64 is too short for a token', () => {
    expect(forms('范例甲子', 'utf16le+base64')).toContain(Buffer.from('范例甲子', 'utf16le').toString('base64').replace(/.=+$/, ''));
    expect(forms('19900001234', 'utf16le+base64')).toEqual([]);
  });

  test('no pattern twice', () => {
    const ids = of('19900001234').map(({ writing, bytes }) => `${writing} ${Buffer.from(bytes).toString('hex')}`);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
