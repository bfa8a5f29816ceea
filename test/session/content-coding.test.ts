import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { decoderIds, decodersForEncoding } from '../../src/decode/registry.js';
import { limits } from '../../src/limits.js';
import { undoCoding } from '../../src/session/content-coding.js';
import { request, values, zstdRaw } from '../decode/sample.js';

const text = '{"号码":"1390","list":[1,2,3]}';
const raw = Buffer.from(text);
const undone = (bytes: Uint8Array, encoding: string, truncated = false) => {
  const { bytes: made, ...rest } = undoCoding(bytes, encoding, truncated);
  return { text: Buffer.from(made).toString(), ...rest };
};
const whole = { text, trouble: null, cut: null };

test.each([
  ['gzip', gzipSync(raw)],
  ['x-gzip', gzipSync(raw)],
  ['GZip', gzipSync(raw)],
  ['deflate', deflateSync(raw)],
  ['deflate', deflateRawSync(raw)],
  ['br', brotliCompressSync(raw)],
  ['br', brotliCompressSync('{}')],
  ['zstd', zstdRaw(raw)],
  ['zstd, gzip', gzipSync(zstdRaw(raw))],
  ['gzip,br', brotliCompressSync(gzipSync(raw))],
  ['deflate, identity, deflate', deflateSync(deflateRawSync(raw))],
  ['identity', raw],
  ['', raw],
])('%s', (encoding, bytes) => {
  expect(undone(bytes, encoding)).toEqual(bytes.length < 8 ? { ...whole, text: '{}' } : whole);
});

test('whatever coding decoding knows, under whichever name, is undone here to the same text', () => {
  const made: Record<string, Uint8Array> = {
    gzip: gzipSync(raw),
    deflate: deflateSync(raw),
    rawdeflate: deflateRawSync(raw),
    br: brotliCompressSync(raw),
    zstd: zstdRaw(raw),
  };
  const names = ['gzip', 'x-gzip', 'deflate', 'br', 'zstd'];
  for (const name of names)
    for (const { id } of decodersForEncoding(name)) {
      const body = made[id] ?? Buffer.alloc(0);
      expect(values(decodeRequest(request({ headers: [['Content-Encoding', name]], body })))[`body|${id}.$.号码`], id).toBe('1390');
      expect(undone(body, name), id).toEqual(whole);
    }
  const known = decoderIds().filter((id) => names.some((name) => decodersForEncoding(name).some((decoder) => decoder.id === id)));
  expect(known.sort(), 'a new coding needs a line here').toEqual(Object.keys(made).sort());
});

describe('what is not as its header says', () => {
  test('an unknown coding leaves the bytes; what lies around it is undone', () => {
    expect(undone(raw, 'made-up')).toEqual({ ...whole, trouble: { name: 'made-up', why: 'unknown' } });
    expect(undone(gzipSync(raw), 'made-up, gzip')).toEqual({ ...whole, trouble: { name: 'made-up', why: 'unknown' } });
  });

  test.each(['gzip', 'deflate', 'br', 'zstd'])('%s that a recording has undone already', (name) => {
    expect(undone(raw, name)).toEqual({ ...whole, trouble: { name, why: 'misfit' } });
  });

  test('damaged in its middle', () => {
    const bytes = gzipSync(Buffer.from(Array.from({ length: 500 }, (_, index) => `${index * 7}`).join()));
    bytes.fill(0xff, 40, 60);
    expect(undoCoding(bytes, 'gzip', false)).toMatchObject({ bytes, trouble: { name: 'gzip', why: 'misfit' } });
  });

  test('a stream that breaks off gives what it holds, and says so unless the body was cut here', () => {
    const bytes = gzipSync(Buffer.from('0123456789'.repeat(10_000)), { level: 0 }).subarray(0, 5_000);
    expect(undone(bytes, 'gzip')).toMatchObject({ text: expect.stringMatching(/^0123/), trouble: { name: 'gzip', why: 'short' } });
    expect(undone(bytes, 'gzip', true)).toMatchObject({ text: expect.stringMatching(/^0123/), trouble: null });
  });
});

describe('bounds', () => {
  test('a bomb gives its beginning and the bound', () => {
    const { bytes, cut, trouble } = undoCoding(gzipSync(Buffer.alloc(20 * 2 ** 20, 'a')), 'gzip', false);
    expect(bytes.length).toBeGreaterThan(1_000);
    expect(bytes.length).toBeLessThanOrEqual(limits.decodeInflated);
    expect({ cut, trouble }).toEqual({ cut: 'decodeRatio', trouble: null });
  });

  test('who wants less gets less, and no bound of the analysis is named', () => {
    const { bytes, cut } = undoCoding(gzipSync(Buffer.alloc(100_000, 'a')), 'gzip', false, 1_000);
    expect(bytes.length).toBeLessThanOrEqual(1_000);
    expect(cut).toBeNull();
  });

  test('more codings than are undone', () => {
    const many = Array(limits.contentCodings + 1).fill('identity');
    expect(undone(raw, many.join())).toEqual({ ...whole, cut: 'contentCodings' });
  });
});
