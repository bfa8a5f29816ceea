import { expect, test } from 'vitest';
import { opened } from '../sample.js';

test('a document on each line', () => {
  expect(opened('{"a":"1"}\n{"a":"2"}\n')).toMatchObject({ 'body|ndjson[0].a': '1', 'body|ndjson[1].a': '2' });
});

test('documents joined without a separator', () => {
  expect(opened('{"a":"1"}[{"b":"2"}]')).toMatchObject({ 'body|ndjson[0].a': '1', 'body|ndjson[1][0].b': '2' });
});

test('a line that was cut off stays as text', () => {
  expect(opened('{"a":"1"}\n{"a":"2"}\n{"a":"unfin')).toMatchObject({
    'body|ndjson[1].a': '2',
    'body.text': expect.stringContaining('unfin'),
  });
});

test('first_document_of_a_cut_queue: one whole document and a piece of the next', () => {
  expect(opened('{"a":"1"}\n{"a":"unfin')).toMatchObject({ 'body|ndjson[0].a': '1', 'body.text': expect.stringContaining('unfin') });
  expect(opened('{} rest')).toEqual({ 'body.text': '{} rest' });
});

test('documents behind record separators (RFC 7464)', () => {
  expect(opened('\x1e{"a":"1","event":"application start"}\n\x1e{"a":"2","event":"page view"}\n', 'application/json-seq')).toMatchObject({
    'body|ndjson[0].a': '1',
    'body|ndjson[1].a': '2',
  });
});
