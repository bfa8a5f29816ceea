import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { limits } from '../../../src/limits.js';
import { hexDump, readBody } from '../../../src/live/view/body-text.js';
import { undoCoding } from '../../../src/session/content-coding.js';

const bodyOf = (bytes: Uint8Array, truncated = false) => ({
  bytes,
  size: bytes.length,
  truncated,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});
const text = '{"phone":"13900000000","place":"上海"}';
const raw = new TextEncoder().encode(text);

/** Of codings themselves test/session/content-coding.test.ts tells. */
describe('content-encoding', () => {
  test('the body is shown without it', () => {
    expect(readBody(bodyOf(gzipSync(raw)), 'application/json', 'gzip', undoCoding)).toMatchObject({
      text,
      bytes: raw.length,
      cut: null,
      coding: null,
    });
  });

  test('what cannot be undone is shown as it came, and says so', () => {
    expect(readBody(bodyOf(raw), '', 'made-up', undoCoding)).toMatchObject({ text, coding: { name: 'made-up', why: 'unknown' } });
    expect(readBody(bodyOf(Uint8Array.from([0, 1, 2])), '', 'gzip', undoCoding)).toMatchObject({
      text: null,
      hex: expect.stringContaining('00 01 02'),
      coding: { name: 'gzip', why: 'misfit' },
    });
  });

  test('of a bomb the beginning is shown', () => {
    const bomb = gzipSync(Buffer.alloc(limits.decodeInflated + 1, 'a'));
    const { text: shown, cut } = readBody(bodyOf(bomb), '', 'gzip', undoCoding);
    expect({ length: shown?.length, cut }).toEqual({ length: limits.viewText, cut: 'decodeRatio' });
  });

  test('of a cut body the beginning is shown', () => {
    const long = gzipSync(Buffer.from('0123456789'.repeat(10_000)), { level: 0 });
    const view = readBody(bodyOf(long.subarray(0, 5_000), true), 'text/plain', 'gzip', undoCoding);
    expect(view.text?.startsWith('0123456789')).toBe(true);
    expect(view).toMatchObject({ cut: 'bodyKept', coding: null });
  });
});

test('charsets other than UTF-8', () => {
  expect(readBody(bodyOf(Uint8Array.from([0xc9, 0xcf, 0xba, 0xa3])), 'text/plain; charset=GB18030', '', undoCoding).text).toBe('上海');
  expect(readBody(bodyOf(raw), 'text/plain; charset=made-up', '', undoCoding).text).toBe(text);
});

test('a character cut in half does not make a text binary', () => {
  const half = new TextEncoder().encode('上海市黄浦区人民大道').subarray(0, 28);
  expect(readBody(bodyOf(half, true), 'text/plain', '', undoCoding).text).toContain('上海市黄浦区');
});

test('binary bodies are a bounded dump', () => {
  const noise = Uint8Array.from({ length: limits.viewHex * 2 }, (_, at) => at % 256);
  const view = readBody(bodyOf(noise), 'application/octet-stream', '', undoCoding);
  expect(view).toMatchObject({ text: null, cut: 'viewHex' });
  expect(view.hex?.split('\n')).toHaveLength(limits.viewHex / 16);
  expect(hexDump(Uint8Array.from([0x41, 0x00]))).toBe(`000000  41 00${' '.repeat(44)}A·`);
});

test('long text is cut, empty is empty, dropped is said', () => {
  expect(readBody(bodyOf(Buffer.alloc(limits.viewText + 9, 'a')), 'text/plain', '', undoCoding)).toMatchObject({
    cut: 'viewText',
    text: 'a'.repeat(limits.viewText),
  });
  expect(readBody(bodyOf(new Uint8Array(0)), '', '', undoCoding)).toMatchObject({ text: '', cut: null });
  expect(readBody({ bytes: new Uint8Array(0), size: 10, sha256: '', truncated: true }, '', '', undoCoding)).toMatchObject({
    text: null,
    cut: 'bodyKept',
  });
});
