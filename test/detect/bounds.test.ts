import { expect, test } from 'vitest';
import { decodeRequest, decodeStreamMessage } from '../../src/decode/index.js';
import { boundsReached } from '../../src/detect/bounds.js';
import { limits } from '../../src/limits.js';
import { request, streamMessage } from '../decode/sample.js';

const nested = (depth: number): unknown => (depth === 0 ? { phone: '1' } : [nested(depth - 1)]);
const named = (body: unknown) => boundsReached(decodeRequest(request({ body: JSON.stringify(body) })), []).map(({ limit }) => limit);

test('arrays deeper than lists are followed are told once, with the first place', () => {
  expect(named({ a: nested(limits.listDepth) })).toEqual([]);
  const decoded = decodeRequest(request({ body: JSON.stringify({ a: nested(limits.listDepth + 1), b: nested(limits.listDepth + 1) }) }));
  expect(boundsReached(decoded, [])).toEqual([{ path: 'body.$.a[0][0][0][0][0].phone', limit: 'listDepth' }]);
});

test('an array deep inside an object is told wherever the object’s other fields stand (bound-behind-a-first-field)', () => {
  const deep = (depth: number): unknown => (depth === 0 ? ['1'] : [deep(depth - 1)]);
  const bounds = (body: unknown) => boundsReached(decodeRequest(request({ body: JSON.stringify(body) })), []);
  expect(bounds({ first: 'x', matrix: deep(limits.listDepth) })).toEqual([{ path: 'body.$.matrix[0][0][0][0][0]', limit: 'listDepth' }]);
  expect(bounds({ first: 'x', matrix: deep(limits.listDepth - 1), last: 'y' })).toEqual([]);
});

test('the position of a stream message is no array', () => {
  const decodedOf = (depth: number) => decodeStreamMessage(streamMessage('ws', JSON.stringify({ a: nested(depth) }), 7));
  expect(boundsReached(decodedOf(limits.listDepth), [])).toEqual([]);
  expect(boundsReached(decodedOf(limits.listDepth + 1), [])).toMatchObject([{ limit: 'listDepth' }]);
});

test('long text that was not opened; what was taken apart has been looked at in its parts', () => {
  expect(named({ a: 'word '.repeat(limits.fieldText) })).toEqual(['fieldText']);
  const inner = JSON.stringify({ list: Array.from({ length: 9_000 }, (_, index) => `value ${index}`) });
  expect(inner.length).toBeGreaterThan(limits.fieldText);
  expect(named({ a: inner })).toEqual([]);
});
