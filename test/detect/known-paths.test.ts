import { describe, expect, test } from 'vitest';
import { deepestOnly, isBelow, isInside, longestEach, withoutOpened } from '../../src/detect/known-paths.js';

describe('paths', () => {
  test.each([
    ['body', 'body.$.a', true],
    ['body.$.a', 'body.$.a|base64', true],
    ['body.$.a', 'body.$.a[1]', true],
    ['body.$.a', 'body.$.ab', false],
    ['body.$.a', 'body.$.a', false],
    ['body.$.a', 'body', false],
  ])('%s above %s: %s', (outer, inner, expected) => expect(isBelow(outer, inner)).toBe(expected));

  test('the raw target holds path and query, the header block headers and cookies', () => {
    const at = (path: string, part: 'url' | 'query' | 'header' | 'cookie' | 'body') => ({ path, part });
    expect(isInside(at('url', 'url'), at('query.imei', 'query'))).toBe(true);
    expect(isInside(at('url', 'url'), at('url.path[2]', 'url'))).toBe(true);
    expect(isInside(at('header', 'header'), at('cookie.uid', 'cookie'))).toBe(true);
    expect(isInside(at('url', 'url'), at('header.referer', 'header'))).toBe(false);
    expect(isInside(at('body', 'body'), at('body', 'body'))).toBe(true);
    expect(isInside(at('header.x-info|base64', 'header'), at('cookie.uid', 'cookie'))).toBe(false);
  });
});

const hit = (value: number, path: string, start = 0, end = 11) => ({ value, path, start, end });

test('only the deepest place of each value stays', () => {
  const hits = [hit(0, 'body.$.d'), hit(0, 'body.$.d|base64|json$.p'), hit(1, 'body.$.d'), hit(0, 'query.p')];
  expect(deepestOnly(hits)).toEqual([hits[1], hits[2], hits[3]]);
});

test('the longest of several forms stays', () => {
  const hits = [hit(0, 'a', 3, 14), hit(0, 'a', 1, 14), hit(1, 'a', 0, 5)];
  expect(longestEach(hits)).toEqual([hits[1], hits[2]]);
});

test('an identifier of hex digits is not found again in its own bytes', () => {
  const whole = { ...hit(0, 'body.$.android_id'), readable: true };
  const bytes = { ...hit(0, 'body.$.android_id|hex'), readable: false };
  const wrapped = { ...hit(1, 'body.$.android_id|hex'), readable: false };
  expect(withoutOpened([whole, bytes, wrapped])).toEqual([whole, wrapped]);
  expect(withoutOpened([{ ...whole, readable: false }, bytes])).toHaveLength(2);
});
