import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { assess, entropyOf, expectedEntropy, isPayloadPlace } from '../../src/decode/opaque.js';

/** Uniform bytes that are the same in every run. */
function noise(length: number, seed = 'noise'): Buffer {
  const blocks: Buffer[] = [];
  for (let i = 0; i * 32 < length; i++) blocks.push(createHash('sha256').update(`${seed} ${i}`).digest());
  return Buffer.concat(blocks).subarray(0, length);
}

test('expected entropy of uniform noise depends on its length (simulated values)', () => {
  expect(expectedEntropy(64)).toBeCloseTo(5.77, 1);
  expect(expectedEntropy(256)).toBeCloseTo(7.17, 1);
  expect(expectedEntropy(1024)).toBeCloseTo(7.81, 1);
  expect(expectedEntropy(4096)).toBeCloseTo(7.955, 2);
  expect(entropyOf(Buffer.alloc(100))).toBe(0);
  expect(entropyOf(Buffer.from(Array.from({ length: 256 }, (_, i) => i)))).toBe(8);
});

test('noise of any length is opaque, structure is not', () => {
  for (const length of [64, 65, 200, 1000, 5000]) expect(assess(noise(length)), String(length)).not.toBeNull();
  expect(assess(noise(63))).toBeNull();
  expect(assess(Buffer.from('name=value; '.repeat(40)))).toBeNull();
  const records = Buffer.alloc(1600);
  for (let i = 0; i < 100; i++) records.writeUInt32LE(1_700_000_000 + i * 60, i * 16);
  expect(assess(records)).toBeNull();
});

test('compressed bytes look the same as encrypted ones', () => {
  const words = Array.from({ length: 2000 }, (_, i) => createHash('md5').update(String(i)).digest('hex').slice(0, 5)).join(' ');
  expect(assess(deflateRawSync(words))).not.toBeNull();
});

test('shapes: block size, RSA sizes, blocks that repeat as ECB leaves them', () => {
  expect(assess(noise(256))?.shape).toEqual(['multiple-of-16', 'rsa-2048']);
  expect(assess(noise(200))?.shape).toEqual(['multiple-of-8']);
  const cipher = createCipheriv('aes-128-ecb', randomBytes(16), null);
  const plain = Buffer.concat([Buffer.alloc(160, 'device'), Buffer.from('0123456789abcdef'.repeat(20)), noise(96)]);
  const found = assess(Buffer.concat([cipher.update(plain), cipher.final()]));
  expect(found?.shape).toContain('repeated-blocks');
  // Incident: what DES makes of padding in ECB has blocks of eight bytes, and passed for a structure.
  const des = createCipheriv('des-ede3', randomBytes(24), null);
  const fill = Buffer.from(`{"mobile":"13800000000","model":"${'0123456789abcdefghijklmnopqrstuv'.repeat(2)}","pad":"${'x'.repeat(60)}"}`);
  const eights = Buffer.concat([des.update(fill), des.final()]);
  expect(assess(eights)?.shape).toContain('repeated-blocks');
});

test('signatures, tickets and cookies are no payloads', () => {
  expect(isPayloadPlace('body', ['data'], false)).toBe(true);
  expect(isPayloadPlace('body', ['access_token'], false)).toBe(false);
  expect(isPayloadPlace('query', ['sign'], false)).toBe(false);
  expect(isPayloadPlace('cookie', ['data'], false)).toBe(false);
  expect(isPayloadPlace('body', [], true)).toBe(true);
});
