import { createCipheriv, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { hookFault, unlock } from '../../src/decode/keyhook.js';
import { Node, rootOrigin } from '../../src/decode/node.js';
import { Work } from '../../src/decode/work.js';
import type { PersonaKey } from '../../src/model/session.js';
import { request, values } from './sample.js';

const plain = '{"imei":"860000000000001"}';

function encrypt(name: Parameters<typeof createCipheriv>[0], key: Buffer, iv: Buffer | null): Buffer {
  const cipher = createCipheriv(name, key, iv);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

function hook(algorithm: string, key: Buffer, iv: Buffer | null, where: string | null = null): PersonaKey {
  return { algorithm, key: key.toString('hex'), iv: iv === null ? null : iv.toString('hex'), encoding: 'hex', where };
}

function opened(data: Buffer, key: PersonaKey): Record<string, string> {
  return values(decodeRequest(request({ body: JSON.stringify({ data: data.toString('base64') }) }), { keys: [key] }));
}

test('block ciphers with the vector from the profile, from the front, or of zeros', () => {
  const key = randomBytes(16);
  const iv = randomBytes(16);
  expect(opened(encrypt('aes-128-cbc', key, iv), hook('AES/CBC/PKCS5Padding', key, iv))['body.$.data|base64|aes-128-cbc|json$.imei']).toBe(
    '860000000000001',
  );
  expect(
    opened(Buffer.concat([iv, encrypt('aes-128-cbc', key, iv)]), hook('aes-cbc', key, null))['body.$.data|base64|aes-128-cbc|json$.imei'],
  ).toBe('860000000000001');
  expect(opened(encrypt('aes-128-cbc', key, Buffer.alloc(16)), hook('aes-128-cbc', key, null))).toHaveProperty([
    'body.$.data|base64|aes-128-cbc|json$.imei',
  ]);
  expect(opened(encrypt('aes-128-ecb', key, null), hook('aes-ecb', key, null))).toHaveProperty([
    'body.$.data|base64|aes-128-ecb|json$.imei',
  ]);
  expect(opened(encrypt('sm4-cbc', key, iv), hook('sm4-cbc', key, iv))).toHaveProperty(['body.$.data|base64|sm4-cbc|json$.imei']);
  expect(opened(encrypt('aes-128-ctr', key, iv), hook('aes-ctr', key, iv))).toHaveProperty(['body.$.data|base64|aes-128-ctr|json$.imei']);
});

test('3DES, and single DES which OpenSSL 3 no longer offers', () => {
  const key = randomBytes(8);
  const triple = Buffer.concat([key, key, key]);
  const iv = randomBytes(8);
  expect(opened(encrypt('des-ede3-cbc', triple, iv), hook('DES/CBC/PKCS5Padding', key, iv))).toHaveProperty([
    'body.$.data|base64|des-ede3-cbc|json$.imei',
  ]);
  const three = randomBytes(24);
  expect(opened(encrypt('des-ede3', three, null), hook('3des-ecb', three, null))).toHaveProperty([
    'body.$.data|base64|des-ede3|json$.imei',
  ]);
});

test('GCM with nonce in front and tag behind', () => {
  const key = randomBytes(32);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const data = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  expect(opened(data, hook('aes-gcm', key, null))).toHaveProperty(['body.$.data|base64|aes-256-gcm|json$.imei']);
});

test('xor and a shuffled base64 alphabet', () => {
  const key = Buffer.from('k3y!');
  const data = Buffer.from(Buffer.from(plain).map((byte, i) => byte ^ key[i % key.length]!));
  expect(opened(data, hook('xor', key, null))).toHaveProperty(['body.$.data|base64|xor|json$.imei']);
  const alphabet = 'KLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/ABCDEFGHIJ';
  const standard = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const text = Buffer.from(plain)
    .toString('base64')
    .replace(/[A-Za-z0-9+/]/g, (c) => alphabet[standard.indexOf(c)] ?? '');
  const decoded = decodeRequest(request({ body: JSON.stringify({ data: text }) }), {
    keys: [{ algorithm: 'base64', key: alphabet, iv: null, encoding: 'utf8', where: null }],
  });
  expect(values(decoded)).toHaveProperty(['body.$.data|base64-custom|json$.imei']);
});

test('a whole body opens, and is no longer opaque', () => {
  const key = randomBytes(16);
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-128-cbc', key, iv);
  const body = Buffer.concat([cipher.update(JSON.stringify({ imei: '860000000000001', note: 'x'.repeat(200) })), cipher.final()]);
  expect(decodeRequest(request({ body })).opaque).toHaveLength(1);
  const decoded = decodeRequest(request({ body }), { keys: [hook('aes-cbc', key, iv)] });
  expect(values(decoded)['body|aes-128-cbc|json$.imei']).toBe('860000000000001');
  expect(decoded.opaque).toEqual([]);
});

test('a hook for another host or path is not tried, a wrong key opens nothing', () => {
  const key = randomBytes(16);
  const data = encrypt('aes-128-ecb', key, null);
  expect(opened(data, hook('aes-ecb', key, null, 'other.example'))).not.toHaveProperty(['body.$.data|base64|aes-128-ecb|json$.imei']);
  expect(opened(data, hook('aes-ecb', key, null, 'api.example.com'))).toHaveProperty(['body.$.data|base64|aes-128-ecb|json$.imei']);
  expect(opened(data, hook('aes-ecb', key, null, 'body.$.data'))).toHaveProperty(['body.$.data|base64|aes-128-ecb|json$.imei']);
  expect(Object.keys(opened(data, hook('aes-ecb', randomBytes(16), null)))).toEqual(['header.content-type', 'body.$.data'].slice(1));
});

test('keys of impossible lengths and unknown algorithms are no reason to fail', () => {
  const origin = rootOrigin('body', 'body', new Work());
  const node = new Node(origin, randomBytes(32));
  for (const algorithm of ['aes-cbc', 'sm4-gcm', 'aes', 'aes-siv', 'blowfish-cbc', 'des-gcm', 'rot13', 'xor', '3des-cbc', ''])
    expect(unlock(hook(algorithm, Buffer.alloc(0), null), node)).toEqual([]);
});

test('a stream cipher is not applied twice around another hook, where the other one alone opens the payload', () => {
  const mixed = Buffer.from(Buffer.from(plain).map((byte, index) => byte ^ (index % 2 === 0 ? 0x4b : 0x21)));
  const ctr = hook('aes-ctr', Buffer.alloc(16, 7), Buffer.alloc(16, 9));
  const xor = hook('xor', Buffer.from([0x4b, 0x21]), null);
  const read = values(decodeRequest(request({ body: JSON.stringify({ data: mixed.toString('base64') }) }), { keys: [ctr, xor] }));
  expect(Object.keys(read)).toContain('body.$.data|base64|xor|json$.imei');
});

test('padding that is not that of PKCS 7: zeros, none, ISO 10126', () => {
  const key = randomBytes(16);
  const iv = randomBytes(16);
  const padded = (tail: Buffer) => {
    const cipher = createCipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
    return Buffer.concat([cipher.update(Buffer.concat([Buffer.from('{"imei":"86000000000000"}'), tail])), cipher.final()]);
  };
  // 25 characters: seven are wanted.
  for (const tail of [Buffer.alloc(7), Buffer.from('       '), Buffer.from('f3a1b2c3d4e507', 'hex')])
    expect(opened(padded(tail), hook('aes-128-cbc', key, iv)), tail.toString('hex')).toHaveProperty([
      'body.$.data|base64|aes-128-cbc|json$.imei',
    ]);
  expect(Object.keys(opened(padded(Buffer.alloc(7)), hook('aes-128-cbc', randomBytes(16), iv))).some((path) => path.includes('|aes'))).toBe(
    false,
  );
});

test('bytes that read as text: a whole body in an alphabet of its own, and xor that stays within ASCII', () => {
  const alphabet = 'KLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/ABCDEFGHIJ';
  const standard = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const text = Buffer.from(plain)
    .toString('base64')
    .replace(/[A-Za-z0-9+/]/g, (c) => alphabet[standard.indexOf(c)] ?? '');
  const custom = decodeRequest(request({ body: text, type: 'text/plain' }), {
    keys: [{ algorithm: 'base64', key: alphabet, iv: null, encoding: 'utf8', where: null }],
  });
  expect(values(custom)).toHaveProperty(['body|base64-custom|json$.imei']);
  const data = Buffer.from(Buffer.from(plain).map((byte) => byte ^ 0x05));
  expect(opened(data, hook('xor', Buffer.from([0x05]), null))).toHaveProperty(['body.$.data|base64|xor|json$.imei']);
});

test('without a mode a cipher is what Java and CryptoJS make of it: ECB, and CBC where there is a vector', () => {
  const key = randomBytes(16);
  const iv = randomBytes(16);
  expect(opened(encrypt('aes-128-ecb', key, null), hook('AES', key, null))).toHaveProperty(['body.$.data|base64|aes-128-ecb|json$.imei']);
  expect(opened(encrypt('aes-128-cbc', key, iv), hook('AES', key, iv))).toHaveProperty(['body.$.data|base64|aes-128-cbc|json$.imei']);
  expect(opened(encrypt('sm4-ecb', key, null), hook('SM4', key, null))).toHaveProperty(['body.$.data|base64|sm4-ecb|json$.imei']);
  expect(opened(encrypt('aes-128-cfb8', key, iv), hook('AES/CFB8/NoPadding', key, iv))).toHaveProperty([
    'body.$.data|base64|aes-128-cfb8|json$.imei',
  ]);
});

test('GCM opens where associated data is not known, and SM4 in GCM', () => {
  const key = randomBytes(16);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-128-gcm', key, nonce).setAAD(Buffer.from('v2'));
  const data = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  expect(opened(data, hook('aes-gcm', key, nonce))).toHaveProperty(['body.$.data|base64|aes-128-gcm|json$.imei']);
  expect(Object.keys(opened(data, hook('aes-gcm', randomBytes(16), nonce)))).toEqual(['body.$.data']);
  const counted = encrypt('sm4-ctr', key, Buffer.concat([nonce, Buffer.from([0, 0, 0, 2])]));
  expect(opened(Buffer.concat([counted, randomBytes(16)]), hook('SM4/GCM/NoPadding', key, nonce))).toHaveProperty([
    'body.$.data|base64|sm4-gcm|json$.imei',
  ]);
});

test('a body that was cut in the middle of a block shows what there is of it', () => {
  const key = randomBytes(16);
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-128-cbc', key, iv);
  const body = Buffer.concat([cipher.update(`{"imei":"860000000000001","note":"${'x'.repeat(400)}"}`), cipher.final()]).subarray(0, 333);
  const read = values(decodeRequest(request({ body, truncated: true }), { keys: [hook('aes-cbc', key, iv)] }));
  expect(read['body|aes-128-cbc|json$.imei']).toBe('860000000000001');
});

test.each([
  ['rc4', 16, null, 'algorithm'],
  ['aes-siv', 16, null, 'algorithm'],
  ['des-ctr', 8, 8, 'algorithm'],
  ['aes-cbc', 15, null, 'key'],
  ['sm4', 32, null, 'key'],
  ['des', 16, null, 'key'],
  ['3des-ecb', 8, null, 'key'],
  ['aes-cbc', 16, 12, 'iv'],
  ['3des-cbc', 24, 16, 'iv'],
  ['base64', 40, null, 'key'],
] as const)('a hook that can open nothing says why: %s, key of %i, vector of %s', (algorithm, key, iv, property) => {
  expect(hookFault(hook(algorithm, Buffer.alloc(key, 65), iv === null ? null : Buffer.alloc(iv)))?.property).toBe(property);
});

test.each([
  ['AES/CBC/PKCS5Padding', 32, 16],
  ['aes-gcm', 16, 16],
  ['DESede/CBC/PKCS5Padding', 16, 8],
  ['des', 8, null],
  ['xor', 3, null],
] as const)('%s with a key of %i and a vector of %s is fit for use', (algorithm, key, iv) => {
  expect(hookFault(hook(algorithm, Buffer.alloc(key, 65), iv === null ? null : Buffer.alloc(iv)))).toBeNull();
});
