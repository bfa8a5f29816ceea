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

test('prose, code and single pairs are none', () => {
  for (const text of ['x = 1 and then; nothing', 'var a=1;\nvar b=2;', 'a=1', 'if (a==b) {c=d;}', 'no pair; here=1', '<a b="1"; c="2">']) {
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
