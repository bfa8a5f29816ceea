import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildDigests } from '../../src/detect/digest.js';
import { type DigestHit, scanDigestBytes, scanDigestTokens } from '../../src/detect/digest-scan.js';

const digests = buildDigests([[{ text: '19900001234', form: 'plain', edge: 'digits' }]], []);
const raw = (algorithm: string) => createHash(algorithm).update('19900001234').digest();

function tokens(text: string): DigestHit[] {
  const hits: DigestHit[] = [];
  scanDigestTokens(Buffer.from(text), digests, (hit) => hits.push(hit));
  return hits;
}

describe('digest tokens in text', () => {
  test.each(['md5', 'sha1', 'sha256', 'sha512', 'sm3'])('%s as hex in both cases, base64 and base64url', (algorithm) => {
    const bytes = raw(algorithm);
    for (const text of [
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
      bytes.toString('base64'),
      bytes.toString('base64url'),
    ]) {
      const found = tokens(`{"a":"b","token":"${text}","z":1}`);
      expect(found.map(({ digest }) => digest.form)).toEqual([algorithm]);
      expect(found[0]).toMatchObject({ start: 18, end: 18 + text.replace(/=+$/, '').length });
    }
  });

  test('at the very beginning and end, and with UUID dashes', () => {
    const hex = raw('md5').toString('hex');
    expect(tokens(hex)).toHaveLength(1);
    expect(tokens(`id=${hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`)[0]?.writing).toBe('uuid');
    expect(tokens(`md5_${hex}`)).toHaveLength(1);
    expect(tokens(`/v1/${hex}/x`)).toHaveLength(1);
  });

  test('a digest inside a longer hex run is another number', () => {
    const hex = raw('md5').toString('hex');
    expect(tokens(`0${hex}`)).toEqual([]);
    expect(tokens(`${hex}ab`)).toEqual([]);
    expect(tokens(hex.slice(1))).toEqual([]);
  });

  test('no run is missed, wherever it stands', () => {
    const hex = raw('sha1').toString('hex');
    const filler = fc.string({ unit: fc.constantFrom(' ', '"', 'g', '{', '1', '='), maxLength: 70 });
    fc.assert(
      fc.property(filler, filler, (before, after) => {
        expect(tokens(`${before}"${hex}"${after}`).map(({ start }) => start)).toEqual([before.length + 1]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('raw digests in binary data', () => {
  test('are found at any offset; MD5-16 is not looked for', () => {
    for (const offset of [0, 1, 7, 30]) {
      const hits: DigestHit[] = [];
      const bytes = Buffer.concat([Buffer.alloc(offset, 0xee), raw('sha256'), Buffer.from([1, 2, 3])]);
      scanDigestBytes(bytes, digests, (hit) => hits.push(hit));
      expect(hits.map(({ digest, start, writing }) => [digest.form, start, writing])).toEqual([['sha256', offset, 'bytes']]);
    }
    const hits: DigestHit[] = [];
    scanDigestBytes(Buffer.concat([raw('md5').subarray(4, 12), Buffer.alloc(40)]), digests, (hit) => hits.push(hit));
    expect(hits).toEqual([]);
  });
});
