import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limits } from '../../../src/limits.js';
import { layOutJson } from '../../../src/live/view/json-text.js';

function leaves(source: string): Record<string, string> {
  const laid = layOutJson(source, ['body', '$']);
  return Object.fromEntries((laid?.leaves ?? []).map(({ tokens, start, end }) => [tokens.join(' '), laid!.text.slice(start, end)]));
}

test('every leaf has its path and its own text', () => {
  expect(leaves('{"a":{"b":[1,{"c d":"x\\"y"}],"n":null},"e":true}')).toEqual({
    'body $ a b [0]': '1',
    'body $ a b [1] c d': 'x\\"y',
    'body $ a n': 'null',
    'body $ e': 'true',
  });
});

test('digits, duplicate keys and escapes stay as sent', () => {
  const laid = layOutJson('{"n":9007199254740993,"n":1e999,"s":"\\u4e2d"}', []);
  expect(laid?.text).toBe('{\n  "n": 9007199254740993,\n  "n": 1e999,\n  "s": "\\u4e2d"\n}');
});

test('what was laid out is the same JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const source = JSON.stringify(value);
      const laid = layOutJson(source, []);
      if (typeof value === 'object' && value !== null) expect(JSON.parse(laid!.text)).toEqual(JSON.parse(source));
      else expect(laid).toBeNull();
    }),
    { numRuns: 300 },
  );
});

test('a cut text is laid out as far as it goes; what is no JSON is not', () => {
  expect(leaves('{"a":"whole","b":"cut he')).toEqual({ 'body $ a': 'whole', 'body $ b': '"cut he' });
  for (const source of ['', 'hello', 'a=1&b=2', '{]', '{"a":1}x', '[1}', '{,}', '<a>']) expect(layOutJson(source, [])).toBeNull();
});

test('depth and length are bounded', () => {
  expect(layOutJson('['.repeat(limits.jsonDepth + 1), [])).toBeNull();
  const wide = layOutJson(`${'['.repeat(200)}${'1,'.repeat(200_000)}1`, []);
  expect(wide!.text.length).toBeLessThan(5 * limits.viewText);
  expect(wide!.cut).toBe(true);
  expect(layOutJson(' [1, 2] \n', [])!.cut).toBe(false);
});
