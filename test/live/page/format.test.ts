import { expect, test } from 'vitest';
import { articleName, bytes, clock, duration, moment, visible, whole } from '../../../src/live/page/format.js';

test('sizes, counts and times', () => {
  expect([0, 1023, 1024, 8_500, 20_480, 5 * 1024 ** 2, 3 * 1024 ** 4].map(bytes)).toEqual([
    '0 B',
    '1023 B',
    '1.0 KB',
    '8.3 KB',
    '20 KB',
    '5.0 MB',
    '3.0 TB',
  ]);
  expect([0, 999, 1_000, 1_234_567].map(whole)).toEqual(['0', '999', '1,000', '1,234,567']);
  expect([-5, 0, 67_000, 760_000, 3_729_000].map(duration)).toEqual(['0:00', '0:00', '1:07', '12:40', '1:02:09']);
  const at = new Date(2026, 10, 21, 9, 5, 3).getTime();
  expect([clock(at), moment(at)]).toEqual(['09:05:03', '2026-11-21 09:05']);
});

test('articles as people cite them', () => {
  expect(articleName('5(2)', 'zh-CN')).toBe('第五条（二）');
  expect(articleName('5(39)', 'zh-CN')).toBe('第五条（三十九）');
  expect(articleName('4', 'zh-CN')).toBe('第四条');
  expect(articleName('5(2)', 'en')).toBe('Article 5 (2)');
  expect(articleName('191号 3.1', 'zh-CN')).toBe('191号 3.1');
});

test('what could deceive the eye becomes visible', () => {
  expect(visible('moc.elgoog\u202e')).toBe('moc.elgoog⟨202E⟩');
  expect(visible('a\u200bb\u0000c\u001bd')).toBe('a⟨200B⟩b⟨0000⟩c⟨001B⟩d');
  expect(visible('\ud800x')).toBe('⟨D800⟩x');
  expect(visible('上海 😀 line\n\ttab')).toBe('上海 😀 line\n\ttab');
});

test('incident: letters that no font draws hid in names: tags, fillers, a joiner, a selector', () => {
  expect(visible('a\u{e0061}b\u3164c\u034fd\ufe0fe\u180ef\u2800')).toBe('a⟨E0061⟩b⟨3164⟩c⟨034F⟩d⟨FE0F⟩e⟨180E⟩f⟨2800⟩');
});
