import { expect, test } from 'vitest';
import { arrived, carried } from '../../src/cli/carried-error.js';
import { EXIT, OverreachError, UsageError } from '../../src/errors.js';

test('an error of ours arrives as it was sent, its exit status included', () => {
  const sent = new OverreachError('OVR_X', 'what', { next: 'do' }, EXIT.inconclusive);
  const parcel = structuredClone(carried(sent));
  expect(arrived(parcel)).toMatchObject({ code: 'OVR_X', message: 'what', next: 'do', exit: EXIT.inconclusive });
  expect(arrived(carried(new UsageError('OVR_Y', 'wrong', { next: 'mend' })))).toBeInstanceOf(OverreachError);
});

test('anything else arrives as a bug', () => {
  expect(arrived(carried(new TypeError('x is undefined')))).toMatchObject({ code: 'OVR_BUG', message: 'x is undefined', exit: EXIT.bug });
  expect(carried('thrown text')).toMatchObject({ code: 'OVR_BUG', message: 'thrown text' });
});
