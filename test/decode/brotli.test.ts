import { createHash } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import { expect, test } from 'vitest';
import { beginsBrotli } from '../../src/decode/brotli.js';

const JSON_TEXT = JSON.stringify({
  imei: '490154203237518',
  name: '张三',
  list: Array.from({ length: 40 }, (_, index) => `event ${index * 7}`),
});

test('streams of every quality and window, of short and long texts', () => {
  for (let quality = 0; quality <= 11; quality++)
    for (let window = 10; window <= 24; window++)
      for (const text of [JSON_TEXT.slice(0, 30), JSON_TEXT, JSON_TEXT.repeat(40)]) {
        const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: window };
        expect(beginsBrotli(brotliCompressSync(text, { params })), `${quality} ${window} ${text.length}`).toBe(true);
      }
});

test('one in fifty random tokens at most', () => {
  let passed = 0;
  for (let index = 0; index < 10_000; index++)
    if (
      beginsBrotli(
        createHash('sha512')
          .update(`noise ${index}`)
          .digest()
          .subarray(0, 16 + (index % 48)),
      )
    )
      passed++;
  expect(passed).toBeLessThan(200);
});

test('an empty stream and nothing', () => {
  expect(beginsBrotli(brotliCompressSync(''))).toBe(false);
  expect(beginsBrotli(new Uint8Array(0))).toBe(false);
});
