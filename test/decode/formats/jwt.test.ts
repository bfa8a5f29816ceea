import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { fieldAt, inside, request, values } from '../sample.js';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const signature = createHash('sha512').update('s').digest('base64url');
const token = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'u1', phone: '13900000000' })}.${signature}`;

test('header and claims; the signature is no payload', () => {
  const decoded = decodeRequest(request({ body: JSON.stringify({ v: token }) }));
  expect(fieldAt(decoded, 'body.$.v|jwt.payload.phone')).toMatchObject({
    value: '13900000000',
    keys: ['v', 'phone'],
    steps: ['json', 'jwt'],
  });
  expect(fieldAt(decoded, 'body.$.v|jwt.header.alg').value).toBe('HS256');
  expect(decoded.opaque).toEqual([]);
});

test('as a bearer token', () => {
  const decoded = decodeRequest(request({ headers: [['Authorization', `Bearer ${token}`]] }));
  expect(values(decoded)['header.authorization|jwt.payload.sub']).toBe('u1');
});

test('an encrypted token shows its header', () => {
  expect(inside(`${part({ alg: 'dir', enc: 'A128GCM' })}..aXY.Y2lwaGVy.dGFn`)).toMatchObject({ '|jwt.header.enc': 'A128GCM' });
});

test('three words with dots are no token', () => {
  expect(inside('eyes.wide.shut')).toEqual({ '': 'eyes.wide.shut' });
});
