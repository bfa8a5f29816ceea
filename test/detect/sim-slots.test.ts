import { expect, test } from 'vitest';
import { checkSimSlots } from '../../src/detect/sim-slots.js';
import { validators } from '../../src/detect/validator.js';

const imei = validators.get('imei') ?? null;

test('the numbers of two slots, and of a slot of the other kind', () => {
  expect(checkSimSlots('imei', imei, '866123456789018,866123456789018')?.normalised).toBe('866123456789018');
  expect(checkSimSlots('imei', imei, '866123456789018/A100001234ABCD')).not.toBeNull();
  expect(checkSimSlots('imei', imei, '000000000000000,866123456789018')).toMatchObject({ placeholder: false });
});

test('none where a part is something else, none is of the type, or there is one value only', () => {
  expect(checkSimSlots('imei', imei, '866123456789018,home')).toBeNull();
  expect(checkSimSlots('imei', imei, 'A100001234ABCD,A100001234ABCD')).toBeNull();
  expect(checkSimSlots('imei', imei, '866123456789018')).toBeNull();
  expect(checkSimSlots('imei', imei, Array(8).fill('866123456789018').join())).toBeNull();
});
