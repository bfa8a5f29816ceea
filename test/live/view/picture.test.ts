import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { limits } from '../../../src/limits.js';
import { picturesIn } from '../../../src/live/view/picture.js';

/** A whole grey PNG without checksums that hold: only its head is read here. */
function png(width: number, height: number): Buffer {
  const head = Buffer.alloc(25);
  head.writeUInt32BE(13, 0);
  head.write('IHDR', 4, 'latin1');
  head.writeUInt32BE(width, 8);
  head.writeUInt32BE(height, 12);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), head, deflateSync(Buffer.alloc(16))]);
}

function jpeg(width: number, height: number, before: Buffer = Buffer.alloc(0)): Buffer {
  const frame = Buffer.from([
    0xff,
    0xc2,
    0,
    17,
    8,
    height >> 8,
    height & 255,
    width >> 8,
    width & 255,
    3,
    1,
    0x22,
    0,
    2,
    0x11,
    1,
    3,
    0x11,
    1,
  ]);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), before, frame, Buffer.alloc(8)]);
}

function webp(kind: string, fill: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.alloc(40);
  bytes.write('RIFF', 0, 'latin1');
  bytes.write(`WEBP${kind}`, 8, 'latin1');
  fill(bytes);
  return bytes;
}

const size = (bytes: Uint8Array) => {
  const [found] = picturesIn(bytes, '').pictures;
  return found === undefined ? null : `${found.type} ${found.width}x${found.height}`;
};

describe('kind and size are told by the bytes', () => {
  test.each<[string, Uint8Array, string | null]>([
    ['PNG', png(640, 480), 'image/png 640x480'],
    [
      'JPEG, progressive, behind an APP1 and fill bytes',
      jpeg(1080, 1920, Buffer.from([0xff, 0xe1, 0, 6, 1, 2, 3, 4, 0xff])),
      'image/jpeg 1080x1920',
    ],
    ['GIF', Buffer.concat([Buffer.from('GIF89a'), Buffer.from([10, 0, 20, 1]), Buffer.alloc(20)]), 'image/gif 10x276'],
    ['WebP, lossy', webp('VP8 ', (b) => b.writeUInt32LE((30 << 16) | 40, 26)), 'image/webp 40x30'],
    ['WebP, lossless', webp('VP8L', (b) => b.writeUInt32LE((29 << 14) | 39, 21)), 'image/webp 40x30'],
    [
      'WebP, extended',
      webp('VP8X', (b) => {
        b.writeUIntLE(39, 24, 3);
        b.writeUIntLE(29, 27, 3);
      }),
      'image/webp 40x30',
    ],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), null],
    ['HTML that begins like a GIF', Buffer.from('GIF8<html><script>alert(1)</script></html>'), null],
    ['a JPEG without a frame', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0]), Buffer.alloc(30, 7)]), null],
    ['a PNG of nothing', png(0, 100), null],
    ['four bytes', Buffer.from('\x89PNG', 'latin1'), null],
  ])('%s', (_, bytes, expected) => {
    expect(size(bytes)).toBe(expected);
  });
});

test('a picture that would unfold to gigabytes is not shown', () => {
  expect(size(png(60_000, 60_000))).toBeNull();
  expect(size(png(5_000, Math.floor(limits.viewPixels / 5_000)))).not.toBeNull();
});

test('the parts of a form are looked at, a few of them', () => {
  const part = (name: string, bytes: Buffer) =>
    Buffer.concat([
      Buffer.from(`--b0\r\nContent-Disposition: form-data; name="${name}"; filename="x"\r\n\r\n`),
      bytes,
      Buffer.from('\r\n'),
    ]);
  const body = (parts: readonly Buffer[]) => Buffer.concat([...parts, Buffer.from('--b0--\r\n')]);
  const type = 'multipart/form-data; boundary=b0';
  const { pictures: found, more } = picturesIn(
    body([part('note', Buffer.from('x'.repeat(50))), part('photo', png(3, 4)), part('id', jpeg(5, 6))]),
    type,
  );
  expect(found.map(({ type: kind, width }) => `${kind} ${width}`)).toEqual(['image/png 3', 'image/jpeg 5']);
  expect(Buffer.from(found[0]!.bytes).equals(png(3, 4))).toBe(true);
  expect(more).toBe(0);
  expect(picturesIn(png(3, 4), 'text/plain')).toMatchObject({ pictures: [{ width: 3 }], more: 0 });
  expect(picturesIn(Buffer.from('--b0'), type)).toEqual({ pictures: [], more: 0 });
  // Incident: the pictures of a body beyond the first few were left out, and nothing was said.
  const nine = picturesIn(body(Array.from({ length: 9 }, () => part('p', png(3, 4)))), type);
  expect([nine.pictures.length, nine.more]).toEqual([limits.viewPictures, 9 - limits.viewPictures]);
});

test('incident: a picture too large to be shown was left out, and nothing was said', () => {
  const side = Math.ceil(Math.sqrt(limits.viewPixels)) + 1;
  expect(picturesIn(png(side, side), 'image/png')).toEqual({ pictures: [], more: 1 });
  const parts = [png(side, side), png(2, 2)].flatMap((part) => [Buffer.from('--b\r\nA: b\r\n\r\n'), part, Buffer.from('\r\n')]);
  const { pictures, more } = picturesIn(Buffer.concat([...parts, Buffer.from('--b--')]), 'multipart/form-data; boundary=b');
  expect([pictures.map(({ width }) => width), more]).toEqual([[2], 1]);
});
