import { expect, test } from 'vitest';
import { inside, opened } from '../sample.js';

test('a body of any declared type', () => {
  for (const type of [
    'application/json; charset=utf-8',
    'application/octet-stream',
    'application/x-www-form-urlencoded',
    'text/plain',
    'application/vnd.api+json',
  ]) {
    expect(opened('{"a":"x"}', type)).toMatchObject({ 'body.$.a': 'x' });
  }
});

test('JSON in a string of JSON, also in quotes', () => {
  expect(inside('{"imei":"1"}')).toMatchObject({ '|json$.imei': '1' });
  expect(inside(JSON.stringify('{"imei":"1"}'))).toMatchObject({ '|json$|json$.imei': '1' });
});

test('prose in brackets stays prose', () => {
  expect(inside('[ERROR] it failed')).toEqual({ '': '[ERROR] it failed' });
  expect(inside('{not json}')).toEqual({ '': '{not json}' });
  expect(opened('{oops')).toEqual({ 'body.text': '{oops' });
});

test('a body that breaks down keeps its fields and its rest', () => {
  expect(opened('{"a":"1"} trailing <garbage>')).toMatchObject({
    'body|ndjson[0].a': '1',
    'body.text': expect.stringContaining('trailing'),
  });
  expect(opened('{"a":"1","b":"unfin')).toMatchObject({ 'body.$.a': '1', 'body.text': expect.stringContaining('unfin') });
  // The piece of a value keeps its name.
  expect(opened('{"a":"1","b":"unfin')['body.text']).toBe('"b":"unfin');
  expect(opened('{"a":"1","b": nonsense}')['body.text']).toBe('"b": nonsense}');
  expect(opened('[1] first, [2] second')).toEqual({ 'body.text': '[1] first, [2] second' });
  expect(opened('{"a":"1","b":"2","c":"3", d}')).toMatchObject({
    'body.$.a': '1',
    'body.$.c': '3',
    'body.text': expect.stringContaining('}'),
  });
});

test('incident: a body that broke after its second member was read as text only', () => {
  expect(opened('{"imei":"1","imsi":"2",***}')).toMatchObject({ 'body.$.imei': '1', 'body.$.imsi': '2', 'body.text': '}' });
  expect(opened('{"imei":"1","name"')).toMatchObject({ 'body.$.imei': '1' });
  expect(opened('{ user 1, user 2')).toEqual({ 'body.text': '{ user 1, user 2' });
});

test('a document in a string that breaks down keeps its fields and its rest', () => {
  expect(inside('{"level":3,"pos":"北京","mode":1,"id":***,"s":"x"}')).toMatchObject({
    '|json$.pos': '北京',
    '|text': '"id":***,"s":"x"}',
  });
  expect(inside('{"a":1,"b":***}')).toEqual({ '': '{"a":1,"b":***}' });
});

test('in GB18030 and UTF-16 the charset is a step', () => {
  expect(opened(Buffer.concat([Buffer.from('{"n":"'), Buffer.from([0xd5, 0xc5, 0xc8, 0xfd]), Buffer.from('"}')]))).toMatchObject({
    'body|gb18030.$.n': '张三',
  });
  expect(opened(Buffer.from('{"n":"张三"}', 'utf16le'))).toMatchObject({ 'body|utf-16le.$.n': '张三' });
});
