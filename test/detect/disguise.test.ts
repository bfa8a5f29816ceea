import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { digestForm, isDigestible, isEncrypted, isMasked, STARS } from '../../src/detect/disguise.js';
import { processorTime } from '../processor-time.js';
import { typeOf } from './fixture.js';

describe('digestForm', () => {
  it.each(['md5', 'sha1', 'sha256', 'sha384', 'sha512'])('tells %s by its length', (algorithm) => {
    expect(digestForm(createHash(algorithm).update('x').digest('hex').toUpperCase())).toBe(algorithm);
  });

  it('tells the short ones in Base64 too', () => {
    expect(digestForm(createHash('md5').update('x').digest('base64'))).toBe('md5');
    expect(digestForm(createHash('sha256').update('x').digest('base64'))).toBe('sha256');
  });

  it('counts the bytes and not the characters: 17 are the text of a hardware address, and no digest (mac_under_imei)', () => {
    expect(digestForm(Buffer.from('3c:5a:b4:01:02:03').toString('base64'))).toBeNull();
    for (const length of [15, 19, 21, 31, 33]) expect(digestForm(Buffer.alloc(length, 7).toString('base64')), `${length}`).toBeNull();
    for (const length of [16, 20, 32]) expect(digestForm(Buffer.alloc(length, 7).toString('base64')), `${length}`).not.toBeNull();
  });

  it('tells nothing of other lengths or alphabets', () => {
    for (const value of ['abc', '0'.repeat(33), 'g'.repeat(32), '13912345678']) expect(digestForm(value)).toBeNull();
  });
});

describe('isEncrypted', () => {
  it('wants a cipher block’s worth of mixed characters', () => {
    expect(isEncrypted('q83vEjRWeJCrze8SNFZ4kKvN7w==')).toBe(true);
    expect(isEncrypted('0f0b9c2a3d4e5f60718293a4b5c6d7e8')).toBe(true);
    for (const value of ['hello-world-hello-world', '13912345678', 'ABCDEFGHIJKLMNOPQRSTUVWX', '上海市浦东新区世纪大道一百号十二楼'])
      expect(isEncrypted(value), value).toBe(false);
  });
});

describe('isMasked', () => {
  it('knows characters struck out by the app', () => {
    for (const value of ['138****5678', '张**', '6228 **** **** 8018', 'a***@example.com', '*建国', '王*', '139XXXX5678'])
      expect(isMasked(value), value).toBe(true);
    for (const value of ['13812345678', '*', '5*7']) expect(isMasked(value), value).toBe(false);
  });

  it('knows every sign that stands for them', () => {
    for (const star of STARS) expect(isMasked(`138${star.repeat(4)}5678`), star).toBe(true);
    expect(isMasked('138....5678')).toBe(false);
  });

  it('does not slow down on hostile text', () => {
    const cost = processorTime(() => {
      for (let index = 0; index < 200; index++) isMasked(`${'*'.repeat(63)}!`);
    });
    expect(cost).toBeLessThan(500);
  });
});

describe('isDigestible', () => {
  it('is said of identifiers and numbers of persons, not of descriptions', () => {
    expect(isDigestible(typeOf('imei'))).toBe(true);
    expect(isDigestible(typeOf('phone_number'))).toBe(true);
    expect(isDigestible(typeOf('os_version'))).toBe(false);
    // Of a short list each (numbers_as_id_type).
    expect(isDigestible(typeOf('id_type'))).toBe(false);
  });
});
