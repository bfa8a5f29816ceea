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

test('incident: the middle of a message was read where its bytes happened to begin like a stream; what stood before was lost', () => {
  const text = (number: number, value: string) => Buffer.concat([Buffer.from([(number << 3) | 2, value.length]), Buffer.from(value)]);
  // Field 15 is the number 1, which is `x\u0001`.
  const message = Buffer.concat([text(1, '13900000000'), Buffer.from([0x78, 1]), text(2, 'li.na@example.com'), text(3, 'hello world')]);
  const decoded = decodeBytes(Buffer.concat([Buffer.from([0xab, 1, 0, 7, 0, 0, 0, message.length]), message]), 'body');
  expect(decoded.fields.map(({ path }) => path)).toEqual(['body']);
  expect(decoded.opaque).toHaveLength(1);
});

test('incident: what stood in clear in a header was in no field', () => {
  const head = Buffer.concat([Buffer.from([0, 0, 0, 40, 0, 2]), Buffer.from('860000000000001'), Buffer.from([0, 1])]);
  const found = opened(Buffer.concat([head, gzipSync(DOCUMENT)]));
  expect(found).toMatchObject({ 'body|header[0]': '860000000000001', 'body|skip-23|gzip|json$.seq': '17' });
});
