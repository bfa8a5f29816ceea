import { expect, test } from 'vitest';
import { checkSeveral } from '../../src/detect/several.js';
import { validator as mac } from '../../src/detect/validators/mac.js';

const A = '3c:cd:5d:12:34:58';
const B = '3c:cd:5d:12:34:59';

test('several values of one kind pass where each does', () => {
  const one = mac.check;
  expect(checkSeveral(A, one)?.normalised).toBe(one(A)?.normalised);
  expect(checkSeveral(`${A},${B}`, one)?.normalised).toBe(one(A)?.normalised);
  expect(checkSeveral(`${A} | ${B}`, one)).not.toBeNull();
  expect(checkSeveral(`${A},home`, one)).toBeNull();
  expect(checkSeveral(`${A},`, one)).toBeNull();
  expect(checkSeveral(Array(5).fill(A).join(), one)).toBeNull();
});
