import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { nearMisses } from '../near-misses.js';
import { inside, opened, request } from '../sample.js';

/** Six events, by the `lz4` command (frame, linked blocks, checksum of the content). */
const FRAME = Buffer.from(
  'BCJNGGRAp1UAAACzeyJldmVudHMiOlsLAPcKIjoicGFnZV92aWV3IiwiaW1laSI6Ijg2MAEAzzEiLCJzZXEiOjB9LDcAIR8xNwAjHzI3ACMfMzcAIx80NwAiUDo1fV19AAAAAOO1Nn0=',
  'base64',
);
/** The same as one bare block, by an encoder in Python. */
const BLOCK = Buffer.from(
  's3siZXZlbnRzIjpbCwD3CiI6InBhZ2VfdmlldyIsImltZWkiOiI4NjABAM8xIiwic2VxIjowfSw3ACEfMTcAIx8yNwAjHzM3ACMfNDcAIlA6NX1dfQ==',
  'base64',
);
const SIZE = 342;

test('a frame by its magic number, also inside base64', () => {
  expect(opened(FRAME)).toMatchObject({ 'body|lz4|json$.events[5].imei': '860000000000001', 'body|lz4|json$.events[5].seq': '5' });
  expect(inside(FRAME)).toMatchObject({ '|base64|lz4|json$.events[0].imei': '860000000000001' });
});

test('a bare block, and one behind its size in either order of bytes', () => {
  expect(opened(BLOCK)).toMatchObject({ 'body|lz4|json$.events[5].imei': '860000000000001' });
  const size = Buffer.alloc(4);
  size.writeUInt32LE(SIZE);
  const path = 'body|skip-4|lz4|json$.events[5].imei';
  expect(opened(Buffer.concat([size, BLOCK]))).toMatchObject({ [path]: '860000000000001' });
  size.writeUInt32BE(SIZE);
  expect(opened(Buffer.concat([size, BLOCK]))).toMatchObject({ [path]: '860000000000001' });
});

test('what breaks off is said to be unread, and not clean', () => {
  const [found] = decodeRequest(request({ body: BLOCK.subarray(0, -9) })).opaque;
  expect(found).toMatchObject({ path: 'body', shape: ['unknown-format'] });
  expect(found?.tried).toContain('lz4');
});

nearMisses('lz4', { content: FRAME });
