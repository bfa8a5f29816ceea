import { describe, expect, test } from 'vitest';
import { canonicalValue } from '../../src/detect/forms/canonical.js';
import { findMasked, hasStars, maskedTexts } from '../../src/detect/known-masked.js';
import { processorTime } from '../processor-time.js';

const values = maskedTexts([
  canonicalValue('phone_number', '19900001234'),
  canonicalValue('id_number', '110101190102039014'),
  canonicalValue('email', 'test-12@overreach.example'),
  canonicalValue('bank_card_number', '6200000012345678903'),
]);

describe('masked values', () => {
  test.each([
    ['199****1234', 0],
    ['+86 199****1234', 0],
    ['199 **** 1234', 0],
    ['199••••1234', 0],
    ['199＊＊＊＊1234', 0],
    ['110101********9014', 1],
    ['1101***9014', 1],
    ['te***@overreach.example', 2],
    ['6200 **** **** 8903', 3],
  ])('%s', (text, value) => {
    expect(findMasked(text, values).map((hit) => hit.value)).toEqual([value]);
  });

  test.each(['199****1235', '198****1234', '1**********', '***1234', '199****', '1*********4', '199**1234', '*****', 'a*b', '199001234'])(
    '%s says too little or something else',
    (text) => expect(findMasked(text, values)).toEqual([]),
  );

  test('inside a sentence the span is told', () => {
    expect(findMasked('验证码已发送至199****1234，请查收', values)).toEqual([]);
    expect(findMasked('code sent to 199****1234, wait', values)).toEqual([{ value: 0, span: [13, 24], text: '199****1234' }]);
  });

  test('star characters are seen in the bytes of a message', () => {
    expect(hasStars(Buffer.from('199****1234'))).toBe(true);
    expect(hasStars(Buffer.from('199••1234'))).toBe(true);
    expect(hasStars(Buffer.from('19900001234'))).toBe(false);
  });

  test('a text of stars costs linear time', () => {
    for (const text of ['*'.repeat(64 * 1024), 'a*'.repeat(32 * 1024), '199****1235,'.repeat(5000), `${'a'.repeat(64 * 1024)}**`])
      expect(processorTime(() => findMasked(text, values))).toBeLessThan(1000);
  });
});
