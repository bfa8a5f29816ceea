import { expect, test } from 'vitest';
import { Work } from '../../src/decode/work.js';
import { YamlReader } from '../../src/decode/yaml.js';

function read(text: string): YamlReader {
  const reader = new YamlReader(text, new Work());
  reader.read({ path: '$', keys: [], group: 0 });
  return reader;
}

test('where a value stands in the text', () => {
  const text = 'a:\n  b: value here # why\n  c: "quoted"\n';
  expect(read(text).leaves.map(({ start, end }) => text.slice(start, end))).toEqual(['value here', 'quoted']);
});

test('how much of it has names, stands in others, or goes on without a sign', () => {
  expect(read('a:\n  b:\n  - c\n  d: e\n    f\n')).toMatchObject({ names: 3, nested: 2, continued: 1, brokenAt: -1 });
});

test('where it could not go on', () => {
  expect(read('a: 1\n\tb: 2').brokenAt).toBe(5);
  expect(read('a: 1\n? b\n: c').brokenAt).toBe(5);
  expect(read('a:\n    b: 1\n  c: 2\n').brokenAt).toBe(14);
  expect(read('a: [1, 2').brokenAt).toBe(3);
});

test('values of one object are neighbours, those of another are not', () => {
  const groups = read('a:\n  b: 1\n  c: 2\nd:\n- e: 3\n- e: 4\n').leaves.map(({ group }) => group);
  expect(new Set(groups).size).toBe(3);
  expect(groups[0]).toBe(groups[1]);
});

test('incident: millions of blank lines, comments, tags or anchors were a fault of the decoder, and nothing behind them was read', () => {
  const count = 4_000_000;
  for (const head of ['\n', '#\n'])
    expect(
      read(`${head.repeat(count)}a: b\n`).leaves.map(({ value }) => value),
      JSON.stringify(head),
    ).toEqual(['b']);
  for (const text of [`a: ${'!t '.repeat(count)}`, `- ${'&a '.repeat(count)}x`, `a: [${'&a '.repeat(count)}]`])
    expect(() => read(text)).not.toThrow();
});
