import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isAbsent, isPlaceholder, placeholderDigest } from '../../src/detect/placeholder.js';

describe('isPlaceholder', () => {
  it.each([
    '02:00:00:00:00:00',
    '000000000000000',
    '00000000-0000-0000-0000-000000000000',
    '9774d56d682e549c',
    'unknown',
    '<unknown ssid>',
    '00000000',
    'FF:FF:FF:FF:FF:FF',
  ])('%s', (value) => {
    expect(isPlaceholder(value)).toBe(true);
  });

  it.each(['3c:cd:5d:12:34:56', '866123456789018', 'unknown-phone-7', '0', '1111', 'f3f34488828b105f'])('not %s', (value) => {
    expect(isPlaceholder(value)).toBe(false);
  });
});

describe('placeholderDigest', () => {
  it('one sign as long as a digest is none of anything', () => {
    expect(placeholderDigest('0'.repeat(32))).toBe('0'.repeat(32));
  });

  it('knows the digests of nothing', () => {
    for (const algorithm of ['md5', 'sha1', 'sha256']) {
      expect(placeholderDigest(createHash(algorithm).update('').digest('hex'))).toBe('');
      expect(placeholderDigest(createHash(algorithm).update('02:00:00:00:00:00').digest('hex').toUpperCase())).toBe('02:00:00:00:00:00');
    }
  });

  it('incident: the digest of what a language prints for nothing was the phone’s', () => {
    for (const text of ['none', 'None', '(null)', 'undefined', 'nil'])
      expect(placeholderDigest(createHash('md5').update(text).digest('hex'))).toBe(text.toLowerCase());
  });

  it('does not claim the digest of a value', () => {
    expect(placeholderDigest(createHash('md5').update('866123456789018').digest('hex'))).toBeNull();
    expect(placeholderDigest('d41d8cd9')).toBeNull();
  });

  it('knows SM3, the middle of an MD5, and what stands for no value', () => {
    expect(placeholderDigest(createHash('sm3').update('').digest('hex'))).toBe('');
    expect(placeholderDigest('8f00b204e9800998')).toBe('');
    expect(placeholderDigest('cfcd208495d565ef66e7dff9f98764da')).toBe('0');
    expect(placeholderDigest('a1b2c3d4e5f60718')).toBeNull();
  });
});

describe('isAbsent', () => {
  it('takes empty texts, literal nulls and unfilled macros for nothing at all', () => {
    for (const value of [
      '',
      '  ',
      'null',
      'N/A',
      '__IMEI__',
      '{oaid}',
      ['$', '{idfa}'].join(''),
      ['$', '{(password_crypto)}'].join(''),
      '$IDFA$',
      '{}',
      '[]',
      '---',
      'nul-l',
      'xxx',
      ['$', '{example.dbPassword:secret}'].join(''),
      ['$', '{EXAMPLE_PASSWORD:}'].join(''),
      '{{###}}',
    ])
      expect(isAbsent(value), value).toBe(true);
    // Incident: a name and an account that their owner had written over were told as such.
    expect(isAbsent('XX')).toBe(true);
    for (const value of ['0', 'unknown', '中国', 'nullable', '*a', 'xx', 'XXL']) expect(isAbsent(value), value).toBe(false);
  });
});
