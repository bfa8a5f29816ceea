import { expect, test } from 'vitest';
import { wholeNumber } from '../../src/detect/java-double.js';

test.each([
  ['1.3788219034E10', '13788219034', 'as Double.toString prints a mobile number'],
  ['1.0E7', '10000000', 'ten million'],
  ['8.60000003879748e+14', '860000003879748', 'as JavaScript and Python write it'],
  ['1.37E1', '1.37E1', 'no whole number'],
  ['1.5E300', '1.5E300', 'far more digits than any identifier'],
  ['13788219034', '13788219034', 'digits'],
  ['2.0', '2.0', 'a plain decimal'],
])('%s -> %s: %s', (text, whole) => {
  expect(wholeNumber(text)).toBe(whole);
});
