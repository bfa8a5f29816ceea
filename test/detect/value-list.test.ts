import { expect, test } from 'vitest';
import { validator as mac } from '../../src/detect/validators/mac.js';
import { checkValueList, SEPARATOR_OF_NUMBERS } from '../../src/detect/value-list.js';

const A = '3c:cd:5d:12:34:58';
const B = '3c:cd:5d:12:34:59';

test('several values of one kind pass where each does', () => {
  const one = mac.check;
  expect(checkValueList(A, one)?.normalised).toBe(one(A)?.normalised);
  expect(checkValueList(`${A},${B}`, one)?.normalised).toBe(one(A)?.normalised);
  expect(checkValueList(`${A} | ${B}`, one)).not.toBeNull();
  expect(checkValueList(`${A},home`, one)).toBeNull();
  // A slot without a card.
  expect(checkValueList(`${A},`, one)?.normalised).toBe(one(A)?.normalised);
  expect(checkValueList(',', one)).toBeNull();
  expect(checkValueList(`${A}/${B}`, one)).toBeNull();
  expect(checkValueList(`${A}/${B}`, one, SEPARATOR_OF_NUMBERS)).not.toBeNull();
  expect(checkValueList(`02:00:00:00:00:00,${A}`, one)).toMatchObject({ placeholder: false });
  expect(checkValueList(Array(5).fill(A).join(), one)).toBeNull();
});
