import { expect, test } from 'vitest';
import { nearMisses } from '../near-misses.js';
import { inside, opened } from '../sample.js';

/** `{"imei":"860000000000001"}` by ROT47. */
const ROT47 = 'LQ:>6:QiQge____________`QN';
const moved = (text: string, places: number) => Array.from(text, (char) => String.fromCharCode(char.charCodeAt(0) + places)).join('');

test('ROT47, and each character some places further', () => {
  expect(inside(ROT47)).toMatchObject({ '|rot47|json$.imei': '860000000000001' });
  for (const [places, step] of [
    [1, 'shift-1'],
    [3, 'shift-3'],
    [-1, 'shift-minus-1'],
  ] as const)
    expect(inside(moved('{"imei":"860000000000001"}', places)), step).toMatchObject({ [`|${step}|json$.imei`]: '860000000000001' });
  expect(opened(moved('{"name":"张三丰"}', 1))).toMatchObject({ 'body|shift-1|json$.name': '张三丰' });
});

test('what only begins alike stays a text', () => {
  for (const text of ['LQ-2024-N', 'LQ', '|# heading', '}$price', 'z!'])
    expect(Object.keys(opened(JSON.stringify({ a: text }))), text).toEqual(['body.$.a']);
});

nearMisses('shifted', { content: ROT47, inner: true });
