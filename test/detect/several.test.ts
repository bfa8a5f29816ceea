import { expect, test } from 'vitest';
import { checkSeveral, SEPARATOR_OF_NUMBERS } from '../../src/detect/several.js';
import { validator as mac } from '../../src/detect/validators/mac.js';

const A = '3c:cd:5d:12:34:58';
const B = '3c:cd:5d:12:34:59';

test('several values of one kind pass where each does', () => {
  const one = mac.check;
  expect(checkSeveral(A, one)?.normalised).toBe(one(A)?.normalised);
  expect(checkSeveral(`${A},${B}`, one)?.normalised).toBe(one(A)?.normalised);
  expect(checkSeveral(`${A} | ${B}`, one)).not.toBeNull();
  expect(checkSeveral(`${A},home`, one)).toBeNull();
  // A slot without a card.
  expect(checkSeveral(`${A},`, one)?.normalised).toBe(one(A)?.normalised);
  expect(checkSeveral(',', one)).toBeNull();
  expect(checkSeveral(`${A}/${B}`, one)).toBeNull();
  expect(checkSeveral(`${A}/${B}`, one, SEPARATOR_OF_NUMBERS)).not.toBeNull();
  expect(checkSeveral(`02:00:00:00:00:00,${A}`, one)).toMatchObject({ placeholder: false });
  expect(checkSeveral(Array(5).fill(A).join(), one)).toBeNull();
});
