import { expect, test } from 'vitest';
import { mayOpen } from '../../src/decode/opening.js';

test('what has the shape of no format is not opened', () => {
  for (const text of ['', 'a=1', 'search', 'page_view', '1760000000000', '今日热点']) expect(mayOpen(text, true), text).toBe(false);
  for (const text of ['{"a":1}', 'a=1&b=2', '%7B%22a%22%3A1%7D', 'eyJhIjoxLCJiIjoyfQ==', 'd3dae106d7d6d48a'])
    expect(mayOpen(text, false), text).toBe(true);
});

test('short base64 is opened where a known value may be inside', () => {
  expect(mayOpen('MTM5MTIz', false)).toBe(false);
  expect(mayOpen('MTM5MTIz', true)).toBe(true);
  expect(mayOpen('page_Vie', true)).toBe(false);
});
