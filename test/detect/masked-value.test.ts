import { expect, test } from 'vitest';
import { mask } from '../../src/detect/mask.js';
import { createMasker } from '../../src/detect/masked-value.js';
import { createTagger } from '../../src/detect/tag.js';
import { limits } from '../../src/limits.js';

const key = new Uint8Array(32).fill(3);
const shown = createMasker(new Map(), key);
const tag = createTagger(key);

test('mask and tag, the same the second time', () => {
  const first = shown('imei', '490154203237518');
  expect(first).toEqual({ masked: mask(undefined, '490154203237518'), tag: tag('imei', '490154203237518') });
  expect(shown('imei', '490154203237518')).toBe(first);
});

test('one value of two types is masked and tagged as each of them', () => {
  expect(shown('phone_number', '8619900001234').tag).toBe(tag('phone_number', '8619900001234'));
  expect(shown('order_id', '8619900001234').tag).toBe(tag('order_id', '8619900001234'));
  expect(shown('phone_number', '8619900001234').tag).not.toBe(shown('order_id', '8619900001234').tag);
});

test('what was forgotten is worked out again, and long values are not kept', () => {
  const first = shown('imei', '490154203237518');
  for (let index = 0; index < limits.maskedValuesKept; index++) shown('order_id', `${index}`);
  const again = shown('imei', '490154203237518');
  expect(again).toEqual(first);
  expect(again).not.toBe(first);
  const long = 'x'.repeat(limits.readingLength + 1);
  expect(shown('user_content', long)).not.toBe(shown('user_content', long));
});
