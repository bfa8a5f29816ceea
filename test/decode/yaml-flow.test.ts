import { expect, test } from 'vitest';
import { Work } from '../../src/decode/work.js';
import { FlowReader } from '../../src/decode/yaml-flow.js';

function read(text: string) {
  const flow = new FlowReader(text, 0, new Work());
  flow.value({ path: '$', keys: [], group: 0 }, 0);
  return flow.isBroken
    ? null
    : { leaves: Object.fromEntries(flow.leaves.map(({ path, value }) => [path, value])), rest: text.slice(flow.at) };
}

test('objects and lists in one another, over several lines', () => {
  expect(read('{a: 1, "b c": [x, \'y, z\',\n  {d: http://e.test/}], f, g: } tail')).toEqual({
    leaves: { '$.a': '1', '$["b c"][0]': 'x', '$["b c"][1]': 'y, z', '$["b c"][2].d': 'http://e.test/', '$.f': 'null', '$.g': 'null' },
    rest: ' tail',
  });
  expect(read('[a # what it is\n, b]')?.leaves).toEqual({ '$[0]': 'a', '$[1]': 'b' });
  expect(read('[]')).toEqual({ leaves: {}, rest: '' });
});

test('what is not closed, or parted by nothing', () => {
  for (const text of ['{', '[a', '{a: "b}', '{a: b]', '[a}', '{: b}', '["a" "b"]']) expect(read(text), text).toBeNull();
});
