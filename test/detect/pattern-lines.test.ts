import { expect, test } from 'vitest';
import { KeyDictionary } from '../../src/detect/keys.js';
import { digestLine, keyLine, testLine, unkeyedLine } from '../../src/detect/pattern-lines.js';
import { dataTypes, decodedOf } from './fixture.js';

const dictionary = new KeyDictionary(dataTypes);

function lineOf(name: string) {
  const [field] = decodedOf([{ path: 'body.$.x', keys: ['device', name], value: '1' }]).fields;
  const match = dictionary.lookup(['device', name]).find(({ type }) => type.id === 'imei');
  if (field === undefined || match === undefined) throw new Error('the dictionary has no such name');
  return keyLine(match, field);
}

test('a name says which word of the dictionary it is, and whether that is enough', () => {
  const sure = lineOf('imei');
  expect(sure.rule).toBe('key');
  expect(sure.text.zh).toContain('device.imei');
  const ambiguous = lineOf('udid');
  expect(ambiguous.rule).toBe('key-weak');
  expect([ambiguous.text.zh, ambiguous.text.en]).toEqual([expect.stringContaining('多义'), expect.stringContaining('ambiguous')]);
});

test('a name of any length stays a line', () => {
  expect(lineOf(`${'x'.repeat(100)}_imei`).text.en.length).toBeLessThan(250);
});

test('how often chance passes is said, and that a form cannot be tested', () => {
  const passed = { normalised: '', placeholder: false, passRate: 0.1, note: { zh: '注', en: 'note' } };
  expect(testLine({ passed, by: 'validator' }).text.en).toBe('note; about 0.1 of random values of this class pass');
  expect(testLine({ passed: { ...passed, passRate: 1 }, by: 'validator' }).text.zh).toContain('无校验位');
  expect(testLine({ passed, by: 'shape' })).toEqual({ rule: 'shape', text: passed.note });
});

test('the digest of nothing says so, and a value without a name says what is missing', () => {
  expect(digestLine('md5', null).text.zh).not.toContain('空值');
  expect(digestLine('md5', 'empty').text.zh).toContain('空值');
  expect([unkeyedLine(true).rule, unkeyedLine(false).rule]).toEqual(['no-key-event', 'no-key']);
});
