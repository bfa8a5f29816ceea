import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { inflate, inflateZstd, zstdFrames } from '../../src/decode/inflate.js';
import { zstdRaw } from './sample.js';

const text = Buffer.from('some text that is long enough to be worth it. '.repeat(50));

test('each algorithm gives back what went in', () => {
  expect(inflate('gzip', gzipSync(text), 1e6, false)).toMatchObject({ bytes: text, cut: false });
  expect(inflate('deflate', deflateSync(text), 1e6, false)?.bytes).toEqual(text);
  expect(inflate('rawdeflate', deflateRawSync(text), 1e6, false)?.bytes).toEqual(text);
  expect(inflate('br', brotliCompressSync(text), 1e6, false)?.bytes).toEqual(text);
  expect(inflateZstd(zstdRaw(text), 1e6, false)).toEqual({ bytes: text, cut: false });
});

test('a bomb gives its beginning, and says that it was cut', () => {
  const bomb = inflate('gzip', gzipSync(Buffer.alloc(50_000_000)), 300_000, false);
  expect(bomb?.cut).toBe(true);
  expect(bomb?.bytes.length).toBeLessThanOrEqual(300_000);
  expect(bomb?.bytes.length).toBeGreaterThan(10_000);
  expect(inflate('br', brotliCompressSync(Buffer.alloc(50_000_000)), 300_000, false)).toMatchObject({ cut: true });
  const zstd = inflateZstd(zstdRaw(text), 100, false);
  expect(zstd).toEqual({ bytes: text.subarray(0, 100), cut: true });
  expect(inflate('gzip', gzipSync(text), 0, false)).toEqual({ bytes: new Uint8Array(0), cut: true });
});

test('a stream that was cut off gives what it holds when that is allowed', () => {
  const half = gzipSync(Buffer.from(Array.from({ length: 3000 }, (_, i) => `line ${i} ${i * 7919}\n`).join('')));
  const cut = half.subarray(0, half.length / 2);
  expect(inflate('gzip', cut, 1e6, true)?.bytes.toString()).toMatch(/^line 0 0\nline 1 7919\n/);
  expect(inflate('gzip', cut, 1e6, false)).toBeNull();
});

test('other bytes are refused', () => {
  expect(inflate('gzip', Buffer.from('not gzip at all'), 1e6, false)).toBeNull();
  expect(inflateZstd(Buffer.from('not zstd at all'), 1e6, false)).toBeNull();
  expect(inflateZstd(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38, 0xff, 0xff, 0xff]), 1e6, false)).toBeNull();
});

test('a zstd window of gigabytes is refused before it is allocated', () => {
  const greedy = zstdRaw(text, 0xa8);
  expect(zstdFrames(greedy)).toEqual({ window: 2 ** 31, count: 1 });
  expect(inflateZstd(greedy, 1e6, false)).toEqual({ bytes: new Uint8Array(0), cut: true });
  expect(zstdFrames(Buffer.concat([zstdRaw(text), greedy]))).toEqual({ window: 2 ** 31, count: 2 });
});
