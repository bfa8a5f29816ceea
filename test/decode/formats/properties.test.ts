import { expect, test } from 'vitest';
import { explainPath } from '../../../src/decode/index.js';
import { inside, opened, request } from '../sample.js';

test('semicolons, lines, bars, and maps as Java prints them', () => {
  expect(inside('imei=860000000000001;mac=aa;os=1')).toMatchObject({ '|properties.imei': '860000000000001', '|properties.os': '1' });
  expect(opened('imei = 1\nmac = 2\n', 'text/plain')).toMatchObject({ 'body|properties.imei': '1', 'body|properties.mac': '2' });
  expect(inside('{imei=1, mac=02:00}')).toMatchObject({ '|properties.imei': '1', '|properties.mac': '02:00' });
  expect(inside('Bundle[{imei=1, mac=2}]')).toMatchObject({ '|properties.mac': '2' });
  expect(inside('a=1|b={"x":"y"}')).toMatchObject({ '|properties.b|json$.x': 'y' });
});

test('signs and characters of C0 between pairs, brackets, words, and records that name things again', () => {
  const values = ['imei=860000000000001', 'mac=aa', 'os=android 14'];
  const expected = { '|properties.imei': '860000000000001', '|properties.mac': 'aa', '|properties.os': 'android 14' };
  for (const sign of ['^', '#', '||', '\u0001', '\u001f', '\t']) expect(inside(values.join(sign), 'utf8'), sign).toMatchObject(expected);
  expect(inside(`[${values.join('][')}]`)).toMatchObject(expected);
  expect(inside('os=android imei=860000000000001 mac=aa')).toMatchObject({ '|properties.imei': '860000000000001' });
  expect(opened('e=open\u0002imei=860000000000001\u0001e=close\u0002mac=2\u0001', 'text/plain')).toEqual({
    'body|properties.e': 'open',
    'body|properties.imei': '860000000000001',
    'body|properties.e[1]': 'close',
    'body|properties.mac': '2',
    'header.content-type': 'text/plain',
  });
});

test('pairs between which now one and now another sign stands', () => {
  expect(inside('os=1;imei=8600,mac=aa,bb;n=2')).toEqual({
    '': 'os=1;imei=8600,mac=aa,bb;n=2',
    '|properties.os': '1',
    '|properties.imei': '8600',
    '|properties.mac': 'aa,bb',
    '|properties.n': '2',
  });
  // Those of an address and of a document are theirs.
  expect(inside('u=https://a.test/x,y=1;d={"a":"b,c=1"}')).toMatchObject({
    '|properties.u': 'https://a.test/x,y=1',
    '|properties.d|json$.a': 'b,c=1',
  });
});

test('prose, code and single pairs are none', () => {
  for (const text of [
    'x = 1 and then; nothing',
    'var a=1;\nvar b=2;',
    'a=1',
    'if (a==b) {c=d;}',
    'no pair; here=1',
    '<a b="1"; c="2">',
    'a=1 b=2',
    'so x=1 is not y=2 or z=3',
  ]) {
    expect(
      Object.keys(inside(text)).filter((path) => path.includes('properties')),
      text,
    ).toEqual([]);
  }
});

test('the place of a value is known', () => {
  const text = 'imei=12345; mac=67890';
  const steps = explainPath(request({ body: text }), 'body|properties.mac');
  expect(text.slice(...(steps[0]?.span ?? []))).toBe('67890');
});

test('incident: of pairs in more than a quarter of a megabyte none was read, and nothing was said', () => {
  const text = Array.from({ length: 9_000 }, (_, i) => `name${i % 50}=value ${i} of what the phone tells`).join('\n');
  expect(text.length).toBeGreaterThan(256 * 1024);
  expect(opened(text, 'text/plain')).toMatchObject({ 'body|properties.name0': 'value 0 of what the phone tells' });
});

test('incident: a list of values in base64 was read as names without values, and none of them was opened', () => {
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64');
  const list = [encoded({ a: 1, b: 22 }), encoded({ a: 3, phone: '13900000000' })];
  expect(list.every((text) => text.endsWith('='))).toBe(true);
  expect(Object.values(opened(JSON.stringify({ v: list.join(',') })))).toContain('13900000000');
});
