import { expect, test } from 'vitest';
import { unescapePercent } from '../../src/decode/percent.js';

test('one decoding, plus as space only in forms', () => {
  expect(unescapePercent('a%20b+c', true).text).toBe('a b c');
  expect(unescapePercent('a%20b+c', false).text).toBe('a b+c');
  expect(unescapePercent('%25E5', true).text).toBe('%E5');
  expect(unescapePercent('a+b', true).text).toBe('a b');
});

test('malformed escapes stay', () => {
  expect(unescapePercent('100% %zz %4', false).text).toBe('100% %zz %4');
});

test('GBK and binary are told apart from UTF-8', () => {
  expect(unescapePercent('%D5%C5%C8%FD', true)).toMatchObject({ text: '张三', step: 'gb18030', bytes: null });
  // Two bytes may be anything; a declared charset says what they are.
  expect(unescapePercent('%BE%A9', true).bytes).not.toBeNull();
  expect(unescapePercent('%BE%A9', true, 'gbk')).toMatchObject({ text: '京', step: 'gb18030', bytes: null });
  expect(unescapePercent('%E5%BC%A0', true)).toMatchObject({ text: '张', step: null });
  expect(unescapePercent('%00%01%FF%FE%80', true).bytes).toEqual(Buffer.from([0, 1, 0xff, 0xfe, 0x80]));
});
