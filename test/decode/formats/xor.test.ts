import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeBytes } from '../../../src/decode/index.js';
import { inside, opened } from '../sample.js';

const xor = (bytes: Buffer, key: number): Buffer => Buffer.from(bytes.map((byte) => byte ^ key));

test('the key shows itself in the first bytes', () => {
  expect(opened(xor(Buffer.from('{"imei":"860000000000001"}'), 0x9a))).toMatchObject({ 'body|xor-9a|json$.imei': '860000000000001' });
  expect(inside(xor(Buffer.from('[{"imei":"860000000000001"}]'), 0xe5))).toMatchObject({
    '|base64|xor-e5|json$[0].imei': '860000000000001',
  });
  expect(opened(xor(gzipSync('{"imei":"1"}'), 0x55))).toMatchObject({ 'body|xor-55|gzip|json$.imei': '1' });
});

test('noise never opens', () => {
  for (let i = 0; i < 300; i++) expect(decodeBytes(createHash('sha512').update(String(i)).digest(), 'body').fields).toHaveLength(1);
});
