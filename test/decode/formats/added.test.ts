import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodeBytes } from '../../../src/decode/index.js';
import { nearMisses } from '../near-misses.js';
import { inside, opened } from '../sample.js';

const add = (text: string, number: number): Buffer => Buffer.from(Buffer.from(text).map((byte) => (byte + number) & 0xff));

test('the number shows itself in the first bytes', () => {
  expect(opened(add('{"imei":"860000000000001"}', 0x91))).toMatchObject({ 'body|added-145|json$.imei': '860000000000001' });
  expect(inside(add('[{"imei":"860000000000001"}]', 200))).toMatchObject({ '|base64|added-200|json$[0].imei': '860000000000001' });
});

test('noise never opens', () => {
  for (let i = 0; i < 300; i++) expect(decodeBytes(createHash('sha512').update(`+${i}`).digest(), 'body').fields).toHaveLength(1);
});

nearMisses('added', { content: add('{"imei":"860000000000001"}', 0x91) });
