import { expect, test } from 'vitest';
import { placeTokens, relation, withoutCodings } from '../../../src/live/view/place.js';

test.each([
  ['url.path[2]', ['url', 'path', '[2]']],
  ['query.a[1]', ['query', 'a', '[1]']],
  ['header.user-agent', ['header', 'user-agent']],
  ['body.$.list[0].x', ['body', '$', 'list', '[0]', 'x']],
  ['body.$["a b"]["c.d"].e', ['body', '$', 'a b', 'c.d', 'e']],
  ['body.$["q\\"]["]', ['body', '$', 'q"][']],
  ['body|gzip.$.data|base64|gzip|json$.imei', ['body', '|gzip', '$', 'data', '|base64', '|gzip', '|json', '$', 'imei']],
  ['ws[3].$.a', ['ws', '[3]', '$', 'a']],
  ['body|protobuf.1.3', ['body', '|protobuf', '1', '3']],
  ['body', ['body']],
])('%s', (path, tokens) => {
  expect(placeTokens(path)).toEqual(tokens);
});

test('an unfinished path ends, whatever it is', () => {
  for (const path of ['', '[', '["', 'a[', 'a["x', '|', '..', 'a||b']) expect(Array.isArray(placeTokens(path))).toBe(true);
});

test('content-encodings are not part of the place, other steps are', () => {
  expect(withoutCodings(placeTokens('body|br.form.phone'))).toEqual(['body', 'form', 'phone']);
  expect(withoutCodings(placeTokens('body|gzip|gzip.$'))).toEqual(['body', '$']);
  expect(withoutCodings(placeTokens('body|base64|gzip.$'))).toEqual(['body', '|base64', '|gzip', '$']);
});

test('a leaf holds evidence directly, behind a step, or not at all', () => {
  const evidence = placeTokens('body.$.data|base64|json$.imei');
  expect(relation(['body', '$', 'data'], evidence)).toBe('nested');
  expect(relation(['body', '$', 'dat'], evidence)).toBeNull();
  expect(relation(['query', 'a'], ['query', 'a', '[1]'])).toBeNull();
  expect(relation(['query', 'a'], ['query', 'a'])).toBe('direct');
  expect(relation(['ws', '[2]', '$', 'points', '[0]', 'lat'], placeTokens('ws[2].$.points'))).toBe('inside');
  expect(relation(['ws', '[2]', '$', 'pointsX'], placeTokens('ws[2].$.points'))).toBeNull();
});
