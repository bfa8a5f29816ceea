import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { opened, request, values, zstdRaw } from '../sample.js';

/** `{"imei":"860000000000001","list":[1,...,200]}` by zstd 1.5 -19. */
const COMPRESSED =
  'KLUv/QRojQoAxmxSF5AnhRYDly9emzluZtMnSyu7dxifu4MTUwBNAEIAVknllFJehnKQRwrSyCKJHFLIyUCO8UYx2lgjjTPK+BjGIZ4oRBNLJHFEEReDOPZWrG0t7azsG3Z4Cs2SHMUDABgcMFBAYODgYDcAMCgYUKBggCC/4R1hL6wIa2ErLIWdsBL2sCHsGN5QDG1YQxrOUIYPw3Ccd4rTzjrpnFPOz3AO4QmF0IQlJOEIRbgwCId5pjDNLJPMMcXcDOYorxSlVbVVS7VTK7XXhtpBe7SC1miLlmiHVminDbRj9mbFrM3WLM3OrMw+G2aH7MkKWZMtWZIdWZFdNsiO917x2lsvvfPKGwkEhCCOsTdWjLWxNZbGzlgZ+9gwdtzerbi127ql27mV22/D7RB7YoVYE1tiSeyIFbGLDWKH7dkKW7MtW7IdW7HdNtiO2qsVtRYBAAZIAmds9Zk=';

test('a real stream, declared or by its magic number', () => {
  const body = Buffer.from(COMPRESSED, 'base64');
  expect(opened(body)).toMatchObject({ 'body|zstd.$.imei': '860000000000001', 'body|zstd.$.list[199]': '200' });
  expect(values(decodeRequest(request({ headers: [['Content-Encoding', 'zstd']], body })))['body|zstd.$.imei']).toBe('860000000000001');
});

test('a window of gigabytes is reported, not allocated', () => {
  const decoded = decodeRequest(request({ body: zstdRaw(Buffer.from('{"a":1}'), 0xa8) }));
  expect(decoded.limits).toHaveLength(1);
});

test('incident: a megabyte of empty frames took two seconds and 700 MB; frames are counted before they are set up', () => {
  const empty = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38, 0x01, 0x00, 0x00]);
  const body = Buffer.concat(Array.from({ length: 100_000 }, () => empty));
  const before = process.memoryUsage().arrayBuffers;
  const { limits: reached } = decodeRequest(request({ body }));
  expect(reached.map(({ limit }) => limit)).toContain('decodeWork');
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(128 * 2 ** 20);
  expect(opened(Buffer.concat([zstdRaw(Buffer.from('{"a":1')), empty, zstdRaw(Buffer.from(',"b":2}'))]))).toMatchObject({
    'body|zstd.$.b': '2',
  });
});
