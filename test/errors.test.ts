import { expect, test } from 'vitest';
import { arrived, carried, describeError, EXIT, InputError, OverreachError, RuleError, systemCode, UsageError } from '../src/errors.js';

test('an error carries its code, the next step and the exit status', () => {
  const cause = new Error('below');
  const error = new InputError('OVR_HAR_EMPTY', 'The file is empty.', { next: 'Record again.', cause });
  expect(error).toBeInstanceOf(OverreachError);
  expect(error).toMatchObject({ code: 'OVR_HAR_EMPTY', next: 'Record again.', exit: EXIT.usage, cause, name: 'InputError' });
});

test('a rule error names file, line and key', () => {
  const error = new RuleError('rules/data-types/imei.yaml', 7, 'detect.shape', { zh: '不是正则表达式', en: 'is not a regular expression' });
  expect(error.message).toBe('rules/data-types/imei.yaml:7: detect.shape: is not a regular expression');
  expect(error).toMatchObject({ code: 'OVR_RULE', line: 7, key: 'detect.shape' });
  expect(new RuleError('a.yaml', null, 'id', { zh: '重复', en: 'twice' }).message).toBe('a.yaml: id: twice');
});

test('anything thrown can be described in a line', () => {
  expect(describeError(new InputError('OVR_X', 'what', { next: 'do' }))).toBe('OVR_X: what');
  expect(describeError(new TypeError('boom'))).toBe('boom');
  expect(describeError('text')).toBe('text');
});

test('between threads an error arrives as it was sent, its exit status included', () => {
  const sent = new OverreachError('OVR_X', 'what', { next: 'do' }, EXIT.inconclusive);
  const parcel = structuredClone(carried(sent));
  expect(arrived(parcel)).toMatchObject({ code: 'OVR_X', message: 'what', next: 'do', exit: EXIT.inconclusive });
  expect(arrived(carried(new UsageError('OVR_Y', 'wrong', { next: 'mend' })))).toBeInstanceOf(OverreachError);
});

test('anything else arrives as a bug, under the code of whoever sends it', () => {
  expect(arrived(carried(new TypeError('x is undefined')))).toMatchObject({ code: 'OVR_BUG', message: 'x is undefined', exit: EXIT.bug });
  expect(arrived(carried('thrown text', { code: 'OVR_Z', next: 'go on' }))).toMatchObject({
    code: 'OVR_Z',
    message: 'thrown text',
    next: 'go on',
    exit: EXIT.bug,
  });
});

test('the code of a system error is its own; anything else has none', () => {
  expect(systemCode(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBe('ENOENT');
  expect([systemCode(new Error('x')), systemCode({ code: 'ENOENT' }), systemCode('x')]).toEqual(['', '', '']);
});
