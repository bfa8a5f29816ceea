import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { inside, request, values } from '../sample.js';

test('the query of an address', () => {
  expect(inside('myapp://open?imei=1&q=%7B%22a%22%3A%22x%22%7D#top')).toMatchObject({ '|url.query.imei': '1' });
  expect(inside('https://t.example/c?imei=1&mac=2')).toMatchObject({ '|url.query.imei': '1', '|url.query.mac': '2' });
  const decoded = decodeRequest(request({ headers: [['Referer', 'https://h.example/p?uid=7']] }));
  expect(values(decoded)['header.referer|url.query.uid']).toBe('7');
});

test('an address without pairs is a plain value', () => {
  expect(inside('https://h.example/path?plain')).toEqual({ '': 'https://h.example/path?plain' });
  expect(inside('see https://h.example/?a=1 for more')).toEqual({ '': 'see https://h.example/?a=1 for more' });
});
