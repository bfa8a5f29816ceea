import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { nearMisses } from '../near-misses.js';
import { opened, request } from '../sample.js';

const first = gzipSync('{"imei":"860000000000001"}');
const second = Buffer.from('{"oaid":"feedface"}');

function framed(width: 2 | 4, little: boolean, ...frames: readonly Buffer[]): Buffer {
  return Buffer.concat(
    frames.flatMap((frame) => {
      const length = Buffer.alloc(width);
      if (little) length.writeUIntLE(frame.length, 0, width);
      else length.writeUIntBE(frame.length, 0, width);
      return [length, frame];
    }),
  );
}

// Incident: of several compressed messages behind their lengths only the first was read, and nothing was said of the others.
test('each message behind its length, in two or four bytes of either order', () => {
  for (const width of [2, 4] as const)
    for (const little of [true, false])
      expect(opened(framed(width, little, first, second)), `${width} ${little}`).toMatchObject({
        'body|frames[0]|gzip|json$.imei': '860000000000001',
        'body|frames[1]|json$.oaid': 'feedface',
      });
});

test('one message behind four bytes; two of them fit by chance', () => {
  expect(opened(framed(4, false, first))).toMatchObject({ 'body|frames[0]|gzip|json$.imei': '860000000000001' });
  expect(Object.keys(opened(framed(2, false, Buffer.alloc(20, 0xfe))))).toEqual(['body']);
});

/** `writeDelimitedTo`: a message of a number and a text, behind its length in a varint. */
function delimited(text: string): Buffer {
  const content = Buffer.from(text);
  const message = Buffer.concat([Buffer.from([0x08, 0x07, 0x12, content.length]), content]);
  return Buffer.concat([
    Buffer.from(message.length < 128 ? [message.length] : [(message.length & 127) | 128, message.length >> 7]),
    message,
  ]);
}

test('incident: of messages of protobuf behind lengths in varints, as the log of Google’s libraries holds its events, nothing was read', () => {
  expect(opened(Buffer.concat([delimited('imei 860000000000001'), delimited(`oaid ${'feedface'.repeat(13)}`)]))).toMatchObject({
    'body|frames[0]|protobuf.2': 'imei 860000000000001',
    'body|frames[1]|protobuf.2': `oaid ${'feedface'.repeat(13)}`,
  });
  // Behind a length in one byte a single message fits by chance, and what does not walk like a message is none.
  expect(Object.keys(opened(delimited('\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008')))).not.toContain('body|frames[0]|protobuf.2');
  const noise = createHash('sha512').update('noise').digest();
  expect(Object.keys(opened(Buffer.concat([Buffer.from([64]), noise, Buffer.from([64]), noise])))).toEqual(['body']);
});

test('a short message that nobody can read is told, as it would be without its length', () => {
  const cipher = createHash('sha384').update('cipher').digest();
  expect(decodeRequest(request({ body: framed(4, false, cipher) })).opaque).toMatchObject([{ path: 'body|frames[0]', bytes: 48 }]);
});

nearMisses('frames', { content: framed(4, false, first, second) });
