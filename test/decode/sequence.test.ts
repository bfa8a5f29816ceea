import { expect, test } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { request } from './sample.js';

const ITEM = Buffer.from('a16161' + '01', 'hex');
const found = (type: string, body: Buffer) =>
  decodeRequest(request({ type, body }))
    .fields.filter(({ part }) => part === 'body')
    .map(({ path, value }) => `${path}=${value}`);

test('values behind one another have a place each', () => {
  expect(found('application/cbor-seq', Buffer.concat([ITEM, ITEM]))).toEqual(['body|cbor[0].a=1', 'body|cbor[1].a=1']);
  const packed = Buffer.from('81a16101', 'hex');
  expect(found('application/msgpack', Buffer.concat([packed, packed]))).toEqual(['body|msgpack[0].a=1', 'body|msgpack[1].a=1']);
});

test('what was read before a broken value stands', () => {
  expect(found('application/cbor-seq', Buffer.concat([ITEM, Buffer.from('a161', 'hex')]))).toContain('body|cbor[0].a=1');
});
