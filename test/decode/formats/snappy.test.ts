import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { nearMisses } from '../near-misses.js';
import { inside, opened, request } from '../sample.js';

/** Six events as one block, by an encoder in Python, and the same in the framing format. */
const BLOCK = Buffer.from(
  '1gIoeyJldmVudHMiOlsaCwBgIjoicGFnZV92aWV3IiwiaW1laSI6Ijg2MCoBACwxIiwic2VxIjowfSzONwAAMdY3AAAy1jcAADPWNwAANNY3AAw1fV19',
  'base64',
);
const FRAMED = Buffer.concat([Buffer.from('/wYAAHNOYVBwWQBbAADIjeZR', 'base64'), BLOCK]);

test('a block that makes just what it declares', () => {
  expect(opened(BLOCK)).toMatchObject({ 'body|snappy|json$.events[5].imei': '860000000000001' });
  expect(inside(BLOCK)).toMatchObject({ '|base64|snappy|json$.events[5].seq': '5' });
});

test('frames by their identifier', () => {
  expect(opened(FRAMED)).toMatchObject({ 'body|snappy|json$.events[0].imei': '860000000000001' });
});

test('a block that declares another size is said to be unread', () => {
  const other = Buffer.from(BLOCK);
  other[0]! += 1;
  expect(decodeRequest(request({ body: other })).opaque).toMatchObject([{ path: 'body', shape: ['unknown-format'] }]);
});

nearMisses('snappy', { content: FRAMED });
