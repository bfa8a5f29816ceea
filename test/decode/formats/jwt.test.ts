import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
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

test('a deflated claim set (zip: DEF), and a token in a token', () => {
  const claims = JSON.stringify({ sub: 'u1', phone: '13900000000', name: '张三' });
  const packed = `${part({ alg: 'HS256', zip: 'DEF' })}.${deflateRawSync(claims).toString('base64url')}.${signature}`;
  expect(inside(packed)).toMatchObject({
    '|jwt.header.zip': 'DEF',
    '|jwt.payload|rawdeflate|json$.phone': '13900000000',
    '|jwt.payload|rawdeflate|json$.name': '张三',
  });
  const decoded = decodeRequest(request({ headers: [['Authorization', `Bearer ${packed}`]] }));
  expect(fieldAt(decoded, 'header.authorization|jwt.payload|rawdeflate|json$.phone').steps).toEqual(['jwt', 'rawdeflate', 'json']);
  const nested = `${part({ alg: 'HS256', cty: 'JWT' })}.${Buffer.from(token).toString('base64url')}.${signature}`;
  expect(inside(nested)).toMatchObject({ '|jwt.payload|jwt.payload.phone': '13900000000' });
});

test('the cipher text of an encrypted token is an opaque payload, unless it is a ticket', () => {
  const noise = Buffer.concat(['a', 'b'].map((half) => createHash('sha512').update(half).digest()));
  const encrypted = `${part({ alg: 'dir', enc: 'A128GCM' })}..${'x'.repeat(16)}.${noise.toString('base64url')}.${'y'.repeat(22)}`;
  const opaque = (name: string) => decodeRequest(request({ body: JSON.stringify({ [name]: encrypted }) })).opaque;
  expect(opaque('data')).toMatchObject([{ path: 'body.$.data|jwt.ciphertext', bytes: 128 }]);
  expect(opaque('access_token')).toEqual([]);
  expect(decodeRequest(request({ headers: [['Authorization', `Bearer ${encrypted}`]] })).opaque).toEqual([]);
});

test('a payload that nobody can read stays, and without an algorithm it is no token', () => {
  const noise = createHash('sha512').update('z').digest();
  const sealed = `${part({ alg: 'HS256' })}.${noise.toString('base64url')}.${signature}`;
  expect(decodeRequest(request({ body: JSON.stringify({ data: sealed }) })).opaque).toMatchObject([{ path: 'body.$.data|jwt.payload' }]);
  const other = `${part({ a: 1 })}.${noise.toString('base64url')}.${signature}`;
  expect(inside(other)).toEqual({ '': other, '[0]|token|base64|json$.a': '1' });
});

test('incident: what stood behind the first document of a token was lost, and the token counted as read', () => {
  const claims = Buffer.from('{"seq":1}\n{"phone":"13900000000"}\n').toString('base64url');
  expect(Object.values(inside(`${part({ alg: 'HS256' })}.${claims}.${signature}`))).toContain('13900000000');
});
