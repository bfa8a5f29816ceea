import { expect, test } from 'vitest';
import { describeError, EXIT, InputError, OverreachError, RuleError } from '../src/errors.js';

test('an error carries its code, the next step and the exit status', () => {
  const cause = new Error('below');
  const error = new InputError('OVR_HAR_EMPTY', 'The file is empty.', { next: 'Record again.', cause });
  expect(error).toBeInstanceOf(OverreachError);
  expect(error).toMatchObject({ code: 'OVR_HAR_EMPTY', next: 'Record again.', exit: EXIT.usage, cause, name: 'InputError' });
});

test('a rule error names file, line and key', () => {
  const error = new RuleError('rules/data-types/imei.yaml', 7, 'detect.shape', 'is not a regular expression');
  expect(error.message).toBe('rules/data-types/imei.yaml:7: detect.shape: is not a regular expression');
  expect(error).toMatchObject({ code: 'OVR_RULE', line: 7, key: 'detect.shape' });
  expect(new RuleError('a.yaml', null, 'id', 'twice').message).toBe('a.yaml: id: twice');
});

test('anything thrown can be described in a line', () => {
  expect(describeError(new InputError('OVR_X', 'what', { next: 'do' }))).toBe('OVR_X: what');
  expect(describeError(new TypeError('boom'))).toBe('boom');
  expect(describeError('text')).toBe('text');
});
