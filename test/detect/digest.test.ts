import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { buildDigests, type DigestSet } from '../../src/detect/digest.js';

const PHONE = '19900001234';
const plain = (text: string) => [{ text, form: 'plain', edge: 'digits' as const }];
const set = (salts: readonly string[] = []) => buildDigests([plain(PHONE)], salts);
const find = (digests: DigestSet, bytes: Uint8Array) => digests.find(bytes, 0, bytes.length)?.form ?? null;
const md5 = (text: string) => createHash('md5').update(text).digest();

describe('digests of known values', () => {
  test.each(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sm3'])('%s is found', (algorithm) => {
    expect(find(set(), createHash(algorithm).update(PHONE).digest())).toBe(algorithm);
    expect(find(set(), createHash(algorithm).update('19900001235').digest())).toBeNull();
  });

  test('SM3 is the real one: digest of "abc" from GB/T 32905-2016 annex A.1', () => {
    const known = buildDigests([plain('abc')], []);
    expect(find(known, Buffer.from('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0', 'hex'))).toBe('sm3');
  });

  test('the middle half of an MD5, and an MD5 made into a UUID', () => {
    expect(find(set(), md5(PHONE).subarray(4, 12))).toBe('md5-16');
    // Java: UUID.nameUUIDFromBytes("abc".getBytes()) prints 90015098-3cd2-3fb0-9696-3f7d28e17f72.
    const known = buildDigests([plain('abc')], []);
    expect(find(known, Buffer.from('900150983cd23fb096963f7d28e17f72', 'hex'))).toBe('md5-uuid');
  });

  test('digests of digests, over lower-case and upper-case hex', () => {
    const inner = md5(PHONE).toString('hex');
    expect(find(set(), md5(inner))).toBe('md5(md5)');
    expect(find(set(), md5(inner.toUpperCase()))).toBe('md5(md5)');
    expect(find(set(), createHash('sha256').update(inner).digest())).toBe('sha256(md5)');
  });

  test('salted and keyed digests only with the salt', () => {
    const salted = md5(`s4lt${PHONE}`);
    const keyed = createHmac('sha256', 's4lt').update(PHONE).digest();
    expect(find(set(), salted)).toBeNull();
    expect(find(set(['s4lt']), salted)).toBe('md5+salt');
    expect(find(set(['s4lt']), md5(`${PHONE}s4lt`))).toBe('md5+salt');
    expect(find(set(['s4lt']), keyed)).toBe('hmac-sha256');
    expect(set(['s4lt']).find(keyed, 0, 32)?.salted).toBe(true);
  });

  test.each([':', '_', '-', '|', '&', '#', ',', '.'])('value and salt with %s between them, either one first', (separator) => {
    const form = `md5+${separator}+salt`;
    expect(find(set(['s4lt']), md5(`${PHONE}${separator}s4lt`))).toBe(form);
    expect(find(set(['s4lt']), md5(`s4lt${separator}${PHONE}`))).toBe(form);
    expect(find(set(['s4lt']), md5(`s4lt${separator}${PHONE}`).subarray(4, 12))).toBe(`md5-16+${separator}+salt`);
    expect(find(set(['s4lt']), createHash('sm3').update(`${PHONE}${separator}s4lt`).digest())).toBe(`sm3+${separator}+salt`);
    expect(find(set(['other']), md5(`${PHONE}${separator}s4lt`))).toBeNull();
    expect(find(set(['s4lt']), md5(`${PHONE}${separator}${separator}s4lt`))).toBeNull();
  });

  test('what is likelier is listed before the bound: salts without a separator, of all of them', () => {
    const values = Array.from({ length: 60 }, (_, index) => plain(String(19900001000 + index)));
    const salts = Array.from({ length: 64 }, (_, index) => `salt${index}`);
    const digests = buildDigests(values, salts);
    expect(digests.truncated).toBe(true);
    expect(find(digests, md5('salt6319900001059'))).toBe('md5+salt');
    expect(find(digests, md5('salt0:19900001000'))).toBe('md5+:+salt');
    expect(find(digests, md5('salt63:19900001059'))).toBeNull();
  });

  test('a cut digest is another length and does not match', () => {
    const sha = createHash('sha256').update(PHONE).digest();
    expect(find(set(), sha.subarray(0, 20))).toBeNull();
    expect(find(set(), sha.subarray(0, 4))).toBeNull();
  });

  test('names the value it came from, and what could be computed', () => {
    const digests = buildDigests([plain('a-first-value'), plain(PHONE)], []);
    expect(digests.find(md5(PHONE), 0, 16)).toMatchObject({ value: 1, text: PHONE, writing: 'plain', notation: null, recipe: null });
    expect(digests.algorithms).toContain('sm3');
    expect(digests.truncated).toBe(false);
  });

  test('says what was mixed and in which order, so that a laboratory can hash it again', () => {
    const digests = buildDigests([[{ text: PHONE, form: 'plain', edge: 'digits' }]], ['com.example.app', 'k9x']);
    const sha = (text: string) => createHash('sha256').update(text).digest();
    expect(digests.find(sha(`k9x${PHONE}`), 0, 32)?.recipe).toBe('sha256(salt2 + x)');
    expect(digests.find(sha(`${PHONE}com.example.app`), 0, 32)?.recipe).toBe('sha256(x + salt1)');
    expect(digests.find(createHmac('sha256', 'k9x').update(PHONE).digest(), 0, 32)?.recipe).toBe('hmac-sha256(salt2, x)');
    const upper = createHash('md5').update(PHONE).digest('hex').toUpperCase();
    expect(digests.find(sha(upper), 0, 32)?.recipe).toBe('sha256(upper(md5(x)))');
  });

  test('shows how a value was written before it was hashed', () => {
    const digests = buildDigests([[{ text: '00005E00537A', form: 'separators', edge: 'word' }]], []);
    expect(digests.find(createHash('md5').update('00005E00537A').digest(), 0, 16)).toMatchObject({
      writing: 'separators',
      notation: '#####A#####A',
    });
  });
});
