import { createHash } from 'node:crypto';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { limits } from '../../../src/limits.js';
import { hexDump, readBody } from '../../../src/live/view/body-text.js';

const bodyOf = (bytes: Uint8Array, truncated = false) => ({
  bytes,
  size: bytes.length,
  truncated,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});
const text = '{"phone":"13900000000","place":"上海"}';
const raw = new TextEncoder().encode(text);

describe('content-encoding', () => {
  test.each([
    ['gzip', gzipSync(raw)],
    ['x-gzip', gzipSync(raw)],
    ['deflate', deflateSync(raw)],
    ['deflate', deflateRawSync(raw)],
    ['br', brotliCompressSync(raw)],
    ['gzip, br', brotliCompressSync(gzipSync(raw))],
    ['identity', raw],
    ['', raw],
  ])('%s', (encoding, bytes) => {
    expect(readBody(bodyOf(bytes), 'application/json', encoding)).toMatchObject({ text, bytes: raw.length, cut: null });
  });

  test('what cannot be undone is shown as bytes and says so', () => {
    expect(readBody(bodyOf(raw), '', 'zstd')).toMatchObject({ text: null, cut: 'encoding' });
    expect(readBody(bodyOf(Buffer.from('not gzip at all')), '', 'gzip')).toMatchObject({ text: null, cut: 'encoding' });
  });

  test('a bomb is not opened', () => {
    const bomb = gzipSync(Buffer.alloc(limits.decodeInflated + 1));
    expect(readBody(bodyOf(bomb), '', 'gzip')).toMatchObject({ text: null, cut: 'encoding' });
  });

  test('of a cut body the beginning is shown', () => {
    const long = gzipSync(Buffer.from('0123456789'.repeat(10_000)), { level: 0 });
    const view = readBody(bodyOf(long.subarray(0, 5_000), true), 'text/plain', 'gzip');
    expect(view.text?.startsWith('0123456789')).toBe(true);
    expect(view.cut).toBe('bodyKept');
  });
});

test('charsets other than UTF-8', () => {
  expect(readBody(bodyOf(Uint8Array.from([0xc9, 0xcf, 0xba, 0xa3])), 'text/plain; charset=GB18030', '').text).toBe('上海');
  expect(readBody(bodyOf(raw), 'text/plain; charset=made-up', '').text).toBe(text);
});

test('a character cut in half does not make a text binary', () => {
  const half = new TextEncoder().encode('上海市黄浦区人民大道').subarray(0, 28);
  expect(readBody(bodyOf(half, true), 'text/plain', '').text).toContain('上海市黄浦区');
});

test('binary bodies are a bounded dump', () => {
  const noise = Uint8Array.from({ length: limits.viewHex * 2 }, (_, at) => at % 256);
  const view = readBody(bodyOf(noise), 'application/octet-stream', '');
  expect(view).toMatchObject({ text: null, cut: 'viewHex' });
  expect(view.hex?.split('\n')).toHaveLength(limits.viewHex / 16);
  expect(hexDump(Uint8Array.from([0x41, 0x00]))).toBe(`000000  41 00${' '.repeat(44)}A·`);
});

test('long text is cut, empty is empty, dropped is said', () => {
  expect(readBody(bodyOf(Buffer.alloc(limits.viewText + 9, 'a')), 'text/plain', '')).toMatchObject({
    cut: 'viewText',
    text: 'a'.repeat(limits.viewText),
  });
  expect(readBody(bodyOf(new Uint8Array(0)), '', '')).toMatchObject({ text: '', cut: null });
  expect(readBody({ bytes: new Uint8Array(0), size: 10, sha256: '', truncated: true }, '', '')).toMatchObject({
    text: null,
    cut: 'bodyKept',
  });
});
