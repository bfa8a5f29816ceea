import { expect, test } from 'vitest';
import { readJson } from '../../src/decode/json.js';
import { Names } from '../../src/decode/names.js';
import { Work } from '../../src/decode/work.js';
import { limits } from '../../src/limits.js';

function read(text: string, work = new Work()) {
  return readJson(text, 0, { root: '$', part: 'body', steps: ['json'], names: new Names([], ''), work });
}
function leaves(text: string) {
  return read(text)?.fields.map(({ path, value, kind }) => [path, value, kind]);
}

test('every digit of a long number stays', () => {
  expect(leaves('{"iccid":89860012345678901234,"f":-1.50e+3}')).toEqual([
    ['$.iccid', '89860012345678901234', 'number'],
    ['$.f', '-1.50e+3', 'number'],
  ]);
});

test('paths, keys and groups', () => {
  const fields = read('{"device":{"imei":"1","ids":["a","b"]},"list":[{"x":1},{"x":2}]}')?.fields ?? [];
  expect(fields.map((field) => field.path)).toEqual(['$.device.imei', '$.device.ids[0]', '$.device.ids[1]', '$.list[0].x', '$.list[1].x']);
  expect(fields.map((field) => field.keys)).toEqual([
    ['device', 'imei'],
    ['device', 'ids'],
    ['device', 'ids'],
    ['list', 'x'],
    ['list', 'x'],
  ]);
  const [imei, a, b, first, second] = fields.map((field) => field.group);
  expect(imei).toBe(a);
  expect(a).toBe(b);
  expect(first).not.toBe(second);
});

test('objects whose names come in another order, are longer, repeated or escaped', () => {
  expect(
    leaves('[{"a":1,"b":2},{"b":3,"a":4},{"ab":5,"a":6},{"a":7,"a":8,"b":9},{"\\u0061":10,"a\\"b":11},{"a":12,"b":13}]')?.map(
      ([path, value]) => `${path}=${value}`,
    ),
  ).toEqual([
    '$[0].a=1',
    '$[0].b=2',
    '$[1].b=3',
    '$[1].a=4',
    '$[2].ab=5',
    '$[2].a=6',
    '$[3].a=7',
    '$[3].a=8',
    '$[3].b=9',
    '$[4].a=10',
    '$[4]["a\\"b"]=11',
    '$[5].a=12',
    '$[5].b=13',
  ]);
});

test('strings with escapes', () => {
  expect(leaves('{"a":"\\u5f20\\n\\"\\/\\x41\\q"}')).toEqual([['$.a', '张\n"/Aq', 'string']]);
});

test('what other languages write is tolerated', () => {
  expect(leaves("{/* c */ a: 'x', 'b': True, c: [1, 2,], d: undefined, e: NaN, // end\n f: 0x1F,}")).toEqual([
    ['$.a', 'x', 'string'],
    ['$.b', 'True', 'boolean'],
    ['$.c[0]', '1', 'number'],
    ['$.c[1]', '2', 'number'],
    ['$.d', 'undefined', 'null'],
    ['$.e', 'NaN', 'number'],
    ['$.f', '0x1F', 'number'],
  ]);
  expect(read('{"a":1};\0\0 ')?.end).toBe(11);
});

test('offsets point at the value', () => {
  const text = '{"name":"张三", "n": 42}';
  const { spans } = read(text) ?? { spans: [] };
  expect(text.slice(spans[0], spans[1])).toBe('张三');
  expect(text.slice(spans[2], spans[3])).toBe('42');
});

test('what is no JSON is none, what breaks keeps its beginning', () => {
  expect(read('hello')).toBeNull();
  expect(read('[ERROR] something')?.complete).toBe(false);
  expect(read('{"a":"1","b":')).toMatchObject({ complete: false, fields: [{ path: '$.a' }] });
  expect(read('{"a" 1}')?.complete).toBe(false);
  expect(read('{"a":"never ends')?.complete).toBe(false);
});

test('depth is bounded and reported; what lies beside it is still read', () => {
  const work = new Work();
  const deep = `{"deep":${'['.repeat(10_000)}"]["${']'.repeat(10_000)},"after":"x"}`;
  const found = read(deep, work);
  expect(found?.complete).toBe(true);
  expect(found?.fields.map((field) => field.path)).toEqual(['$.after']);
  expect(work.hits[0]?.limit).toBe('jsonDepth');
  expect(work.hits[0]?.path.length).toBeLessThan(limits.decodePath + 10);
});

test('a million keys stop at the number of fields that are kept', () => {
  const text = `{${Array.from({ length: 60_000 }, (_, i) => `"k${i}":1`).join(',')}}`;
  const work = new Work();
  expect(read(text, work)?.fields).toHaveLength(limits.decodeFields / limits.decodeNewName);
  expect(work.hits).toMatchObject([{ limit: 'decodeFields' }]);
});

test('a comma or an equals sign where a colon should be, in an object that has pairs', () => {
  expect(leaves('{"a":"1","model","sony","os":"5.1","base"="","kernel" => "x","build","","w":1080}')).toEqual([
    ['$.a', '1', 'string'],
    ['$.model', 'sony', 'string'],
    ['$.os', '5.1', 'string'],
    ['$.base', '', 'string'],
    ['$.kernel', 'x', 'string'],
    ['$.build', '', 'string'],
    ['$.w', '1080', 'number'],
  ]);
  expect(read('{"a","b"}')).toMatchObject({ complete: false, fields: [] });
  expect(read('{"a":"1","b","c":"2"}')).toMatchObject({ complete: false });
  expect(read('{"a":"1","b",2}')).toMatchObject({ complete: false });
  expect(read('{"a":"1","b","c')).toMatchObject({ complete: false });
  expect(read('{a="1"}')).toMatchObject({ complete: false });
});
