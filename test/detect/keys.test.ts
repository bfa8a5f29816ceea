import { describe, expect, it } from 'vitest';
import { KeyDictionary, leafName, leafPhrase, leafWords, phraseOf, tokensOf } from '../../src/detect/keys.js';
import { limits } from '../../src/limits.js';
import { dataTypes } from './fixture.js';

const dictionary = new KeyDictionary(dataTypes);
const names = (...keys: string[]) => dictionary.lookup(keys).map(({ type }) => type.id);

describe('tokensOf', () => {
  it.each([
    ['androidId', 'android id'],
    ['android_id', 'android id'],
    ['Android-ID', 'android id'],
    ['IMEINumber', 'imei number'],
    ['imei2', 'imei'],
    ['ipv6', 'ipv6'],
    ['imeiMd5', 'imei md5'],
    ['dpidsha1', 'dpidsha1'],
    ['$os_version', 'os version'],
    ['user手机号', 'user 手机号'],
    ['params[0].name', 'params 0 name'],
    ['moblieType', 'mobile type'],
    ['sms_centent', 'sms content'],
    ['systermVersion', 'system version'],
    ['os_verison', 'os version'],
    ['reversion', 'reversion'],
    ['mp4_md5', 'mp4 md5'],
    ['buttonVOs', 'button vos'],
    ['deviceIDs', 'device ids'],
    ['deviceOs', 'device os'],
    ['OSVersion', 'os version'],
    ['MacOSXVersion', 'mac osx version'],
  ])('%s -> %s', (key, words) => {
    expect(tokensOf(key).join(' ')).toBe(words);
  });

  it('reads a bounded part of an endless name', () => {
    expect(tokensOf('a'.repeat(100_000)).join('')).toHaveLength(limits.keyLength);
  });
});

describe('incidents', () => {
  it('the digest of a film (`mp4_md5`) was that of a mobile phone', () => {
    expect(names('files', 'mp4_md5')).not.toContain('phone_number');
    expect(names('files', 'h265_mp4_md5')).not.toContain('phone_number');
    expect(names('mobile_md5')).toContain('phone_number');
  });

  it('view objects (`buttonVOs`) were an operating system, and each had its name and its type', () => {
    expect(names('buttonVOs', 'name')).not.toContain('os_version');
    expect(names('buttonVOs', 'type')).not.toContain('os_version');
    expect(names('os', 'name')).toContain('os_version');
  });
});

describe('a name', () => {
  it('is given in words, as a phrase and in one', () => {
    const keys = ['user', 'DisplayName'];
    expect(leafWords(keys)).toEqual(['display', 'name']);
    expect([leafPhrase(keys), leafName(keys), phraseOf('wifi_list')]).toEqual(['display name', 'displayname', 'wifi list']);
  });

  it('has no words where there is none', () => {
    expect([leafWords([]), leafPhrase([]), leafName([])]).toEqual([[], '', '']);
  });
});

describe('KeyDictionary', () => {
  it('finds whole words only', () => {
    expect(names('mac')).toContain('mac_address');
    expect(names('machine_learning')).not.toContain('mac_address');
    expect(names('latency')).toEqual([]);
    expect(names('zip')).not.toContain('ip_address');
    expect(names('intelligence')).toEqual([]);
  });

  it('reads one key however it is written', () => {
    for (const key of ['android_id', 'androidId', 'ANDROID-ID', 'androidid', '_android_id', 'client-androidid'])
      expect(names(key), key).toContain('android_id');
  });

  it('parts a word that adds nothing from a key that follows it without a joint (header_field_over_http2)', () => {
    const matchOf = (key: string, id: string) => dictionary.lookup([key]).find(({ type }) => type.id === id);
    expect(matchOf('androidosversion', 'os_version')?.reach).toBe('full');
    expect(matchOf('apppushtoken', 'push_token')?.reach).toBe('full');
    expect(matchOf('phoneproduct', 'device_model')?.weak).toBe(true);
    expect(matchOf('vendorsystemversion', 'os_version')?.reach).toBe('suffix');
    for (const key of ['appversion', 'appearance', 'clientele', 'userless', 'iosmosis', 'systematic']) expect(names(key), key).toEqual([]);
  });

  it('passes over words that add nothing', () => {
    expect(dictionary.lookup(['client_brand']).find(({ type }) => type.id === 'device_model')?.reach).toBe('full');
    expect(dictionary.lookup(['login_backup_mobile']).find(({ type }) => type.id === 'phone_number')?.reach).toBe('suffix');
  });

  it('takes the writing off the name', () => {
    for (const [key, form] of [
      ['imei_md5_1', 'md5'],
      ['androidId_md5_16', 'md5'],
      ['imei_md5', 'md5'],
      ['imeiMD5', 'md5'],
      ['md5_imei', 'md5'],
      ['imeimd5', 'md5'],
      ['md5mac', 'md5'],
      ['sha1imei', 'sha1'],
      ['md5Imei', 'md5'],
      ['sm3_phone', 'sm3'],
      ['phone_sha256', 'sha256'],
      ['encrypt_phone', 'encrypted'],
      ['phone_hash', 'hash'],
    ] as const)
      expect(dictionary.lookup([key])[0]?.form, key).toBe(form);
  });

  it('lets the parent complete a name', () => {
    expect(names('device', 'id')).toContain('device_uuid');
    expect(names('id')).toEqual([]);
    expect(names('user', 'id')).toContain('account_id');
    expect(names('deviceInfo', 'w')).toContain('screen_info');
    expect(names('banner', 'w')).not.toContain('screen_info');
  });

  it('incident: an Android ID in the object of the user was called the account', () => {
    expect(names('userInfo', 'androidId')).toEqual(['android_id']);
    expect(names('userInfo', 'appId')).not.toContain('account_id');
    expect(names('user', 'appName')).not.toContain('real_name');
    expect(names('userInfo', 'id')).toContain('account_id');
    expect(names('device', 'umId')).toContain('device_uuid');
  });

  it('lets a refused name win', () => {
    expect(names('request_uuid')).not.toContain('device_uuid');
    expect(names('imp', 'ext', 'bidder', 'accountId')).not.toContain('account_id');
    expect(names('publisher', 'country')).not.toContain('location_coarse');
  });

  it('reads Chinese names and their ends', () => {
    expect(names('身份证号')).toContain('id_number');
    expect(dictionary.lookup(['备用手机号']).find(({ type }) => type.id === 'phone_number')?.reach).toBe('suffix');
  });

  it('reads plurals as lists of the singular', () => {
    expect(names('imeis')).toContain('imei');
    expect(names('wifiMacs')).toContain('mac_address');
  });

  it('lets a name that is in the dictionary as a whole win over a part of it', () => {
    expect(names('startAddr')).toEqual(['trip_origin']);
    expect(names('oldAddr')).toEqual(['postal_address']);
    // One word, or an ambiguous one, is no such name.
    expect(names('device_id').length).toBeGreaterThan(1);
  });

  it('says nothing without a name', () => {
    expect(dictionary.lookup([])).toEqual([]);
    expect(names('')).toEqual([]);
  });

  it('keeps working when a hostile app invents names without end', () => {
    for (let index = 0; index < limits.keyMemory + 10; index++) dictionary.lookup([`k${index}x`]);
    expect(names('imei')).toContain('imei');
  });
});
