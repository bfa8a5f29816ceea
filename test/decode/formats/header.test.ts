import { createHash } from 'node:crypto';
import { deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeBytes } from '../../../src/decode/index.js';
import { opened } from '../sample.js';

const DOCUMENT = Buffer.from('{"device":{"imei":"860000000000001"},"seq":17}');

/** Length, header length, version, kind and number, as frames of chat rooms carry them. */
function framed(content: Buffer): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt32BE(16 + content.length, 0);
  head.writeUInt16BE(16, 4);
  head.writeUInt16BE(2, 6);
  head.writeUInt32BE(5, 8);
  head.writeUInt32BE(1, 12);
  return Buffer.concat([head, content]);
}

test('compressed documents behind a header; the step says how many bytes were left out', () => {
  expect(opened(framed(gzipSync(DOCUMENT)))).toMatchObject({ 'body|skip-16|gzip|json$.device.imei': '860000000000001' });
  expect(opened(framed(deflateSync(DOCUMENT)))).toMatchObject({ 'body|skip-16|deflate|json$.device.imei': '860000000000001' });
  const length = Buffer.alloc(4);
  length.writeUInt32BE(DOCUMENT.length);
  expect(opened(Buffer.concat([length, gzipSync(DOCUMENT)]))).toMatchObject({ 'body|skip-4|gzip|json$.device.imei': '860000000000001' });
});

test('noise in which such bytes happen to stand is none', () => {
  for (let i = 0; i < 300; i++) {
    const noise = Buffer.concat([createHash('sha256').update(String(i)).digest(), createHash('sha256').update(`x${i}`).digest()]);
    noise.set(
      [
        [0x1f, 0x8b, 8, 0],
        [0x78, 0x9c],
        [0x7b, 0x22],
      ][i % 3]!,
      4,
    );
    expect(decodeBytes(noise, 'body').fields.some(({ path }) => path.includes('skip-'))).toBe(false);
  }
});
