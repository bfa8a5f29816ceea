import { expect, test } from 'vitest';
import { opened } from '../sample.js';

test('JSON in a callback', () => {
  expect(opened('jQuery123_456({"a":"x"});')).toMatchObject({ 'body|jsonp|json$.a': 'x' });
  expect(opened('/**/cb([{"a":"x"}])')).toMatchObject({ 'body|jsonp|json$[0].a': 'x' });
});

test('other calls stay text', () => {
  expect(opened('alert("hello there")')).toEqual({ 'body.text': 'alert("hello there")' });
  expect(opened('f({broken)')).toEqual({ 'body.text': 'f({broken)' });
});
