import { expect, test } from 'vitest';
import { listedUrl } from '../../../src/live/view/listed-url.js';

test.each([
  ['https://a.example/x', 'https://a.example/x'],
  ['https://a.example/x?imei=001012345678902&os=15', 'https://a.example/x?imei=…&os=…'],
  ['https://a.example/u/13900000000/orders', 'https://a.example/u/139…00/orders'],
  ['https://a.example/d/3f1c9ab4d27e6058aa', 'https://a.example/d/3f1…aa'],
  ['https://a.example/x?13900000000abcdef', 'https://a.example/x?139…'],
  ['https://a.example/x?a=1#13900000000', 'https://a.example/x?a=…'],
  ['https://a.example/v2/2026/list', 'https://a.example/v2/2026/list'],
])('%s', (url, listed) => {
  expect(listedUrl(url)).toBe(listed);
});
