import { describe, expect, it } from 'vitest';
import { KeyDictionary } from '../../src/detect/keys.js';
import { PatternDetector } from '../../src/detect/pattern.js';
import type { Field } from '../../src/model/field.js';
import { random } from '../random.js';
import { dataTypes, decodedOf, typeOf } from './fixture.js';

const dictionary = new KeyDictionary(dataTypes);
const patterns = new PatternDetector(dataTypes);

function read(key: string | null, value: string, part: Partial<Field> = {}) {
  const keys = key === null ? [] : key.split('.');
  const decoded = decodedOf([{ path: 'body.$.x', keys, value, ...part }]);
  const [field] = decoded.fields;
  if (field === undefined) return [];
  return patterns.read(field, dictionary.lookup(keys), decoded).map(({ evidence }) => evidence);
}
const as = (id: string, found: ReturnType<typeof read>) => found.find(({ dataType }) => dataType === id);

describe('PatternDetector', () => {
  it('refuses a rule that names no validator there is', () => {
    const type = typeOf('imei');
    expect(() => new PatternDetector([{ ...type, detect: { ...type.detect, validator: 'imej' } }])).toThrow(
      /imei\.yaml.*no validator "imej"/,
    );
  });

  it('incident: identifiers that somebody typed for a demonstration were told as a phone’s', () => {
    for (const [id, key, value] of [
      ['android_id', 'android_id', '1234567890abcdef'],
      ['oaid', 'oaid', '12345678-1234-1234-1234-123456789012'],
      ['idfa', 'idfa', '550e8400-e29b-41d4-a716-446655440000'],
      ['device_uuid', 'device_id', 'qwertyuiop123456'],
      ['device_serial', 'serialno', '0123456789ABCDEF'],
    ] as const) {
      const found = as(id, read(key, value));
      expect(found, key).toMatchObject({ placeholder: true, grade: 'probable' });
      expect(
        found?.trace.map(({ rule }) => rule),
        key,
      ).toContain('typed');
    }
    for (const [id, key, value] of [
      ['android_id', 'android_id', '3f9d1c7ab0e25486'],
      ['imei', 'imei', '490154203237518'],
      ['phone_number', 'phone', '13912345678'],
    ] as const)
      expect(as(id, read(key, value)), key).toMatchObject({ placeholder: false });
  });

  it('incident: the UUID that an app on iOS put under `imei` and `mac` was told as their digest, and one under `phone` as that of a number', () => {
    const drawn = '0F0B9C2A-3D4E-47A9-A9E1-5F60718293A4';
    for (const key of ['imei', 'IMEI_ID', 'wifiMac', 'mac', 'imsi'])
      expect(read(key, drawn).map(({ dataType, grade, form }) => `${dataType} ${grade} ${form}`)).toEqual(['device_uuid probable plain']);
    expect(read('phone', drawn)).toEqual([]);
    // Version 3 is the MD5 of a name: `UUID.nameUUIDFromBytes(imei)`.
    expect(as('imei', read('imei', '0f0b9c2a-3d4e-37a9-a9e1-5f60718293a4'))).toMatchObject({ grade: 'probable', form: 'md5' });
  });

  it('incident: a number copied from the contacts of a phone, with the invisible characters that iOS puts around it, was a clue or nothing', () => {
    expect(as('phone_number', read('phone', '\u202d13900000000\u202c'))).toMatchObject({ grade: 'probable', value: '13900000000' });
    expect(as('phone_number', read('mobile', '\u202d139 0000 0000\u202c'))?.grade).toBe('probable');
    expect(as('imei', read('imei', '866123456789018\u202e'))?.grade).toBe('probable');
    expect(read('phone', '\u200b')).toEqual([]);
  });

  it('is strong with a key and a test that chance hardly passes', () => {
    expect(as('id_number', read('idCardNo', '11010119900307803X'))?.grade).toBe('strong');
    expect(as('mac_address', read('mac', '3C:CD:5D:12:34:56'))?.grade).toBe('strong');
    expect(as('email', read('email', 'xiaoming@example.com'))?.grade).toBe('strong');
  });

  it('is only probable where chance passes too often, key or not', () => {
    expect(as('imei', read('imei', '866123456789018'))?.grade).toBe('probable');
    expect(as('phone_number', read('phone', '13912345678'))?.grade).toBe('probable');
    expect(as('mac_address', read('mac', '3ccd5d123456'))?.grade).toBe('probable');
  });

  it('takes an ambiguous name only with a value that agrees', () => {
    expect(as('imei', read('did', '866123456789018'))?.grade).toBe('probable');
    expect(as('imei', read('did', 'hello'))).toBeUndefined();
  });

  it('is strong for an identity number without any key, and a clue for other numbers', () => {
    expect(as('id_number', read(null, '11010119900307803X'))?.grade).toBe('strong');
    expect(as('phone_number', read(null, '13912345678'))?.grade).toBe('candidate');
    expect(as('imei', read(null, '866123456789018'))?.grade).toBe('candidate');
  });

  it('calls nothing sure below the name of an event number', () => {
    for (const key of ['order_id', 'trace_id', 'timestamp', 'sign'])
      for (const value of ['11010119900307803X', '13912345678', '866123456789018', 'xiaoming@example.com'])
        for (const { grade } of read(key, value)) expect(grade, `${key}=${value}`).toBe('candidate');
  });

  it('incident: the address that a document gives as an example was the user’s', () => {
    expect(as('email', read('example', 'user@corp.example'))?.grade).toBe('candidate');
    expect(as('email', read('login_hint', 'user@corp.example'))?.grade).toBe('probable');
  });

  it('takes no name for its own value (a_form_nobody_filled_in)', () => {
    expect(as('account_id', read('userId', 'userId'))).toBeUndefined();
    expect(as('account_id', read('userId', 'traits.userId'))).toBeUndefined();
    expect(as('account_id', read('userId', 'zhang.san'))).toBeDefined();
    expect(as('account_id', read('userId', 'user_ID'))).toBeUndefined();
    expect(as('account_id', read('userId', 'user-1984'))?.grade).toBe('probable');
  });

  it('takes the words of a page for no answers (words_of_a_page)', () => {
    expect(as('location_coarse', read('city', 'City'))).toBeUndefined();
    expect(as('health_record', read('disease', '疾病'))).toBeUndefined();
    expect(as('password', read('password', '请输入密码'))).toBeUndefined();
    expect(as('occupation', read('occupation', '职业'))).toBeUndefined();
    expect(as('health_record', read('disease', '糖尿病'))?.grade).toBe('probable');
    expect(as('occupation', read('occupation', '教师'))?.grade).toBe('probable');
  });

  it('reads digests under a name, with the form', () => {
    expect(as('imei', read('imei_md5', '0f0b9c2a3d4e5f60718293a4b5c6d7e8'))).toMatchObject({ grade: 'probable', form: 'md5' });
    expect(as('phone_number', read('phone', '0f0b9c2a3d4e5f60718293a4b5c6d7e8'))).toMatchObject({ grade: 'probable', form: 'md5' });
    expect(as('phone_number', read('encrypt_phone', 'q83vEjRWeJCrze8SNFZ4kKvN7w=='))).toMatchObject({
      grade: 'probable',
      form: 'encrypted',
    });
    expect(as('phone_number', read('phone', '139****5678'))).toMatchObject({ grade: 'candidate', form: 'masked' });
  });

  it('takes a digest for that of what the name means, and of nothing else (a_number_under_email)', () => {
    const read32 = read('email_md5', '0f0b9c2a3d4e5f60718293a4b5c6d7e8');
    expect(as('email', read32)).toMatchObject({ grade: 'probable', form: 'md5' });
    expect(as('phone_number', read32)).toBeUndefined();
    expect(as('phone_number', read('email', '13912345678'))?.grade).toBe('probable');
  });

  it('keeps the digest of what is a clue only for a clue (event_code_md5)', () => {
    expect(as('usage_events', read('event_code_md5', '0f0b9c2a3d4e5f60'))?.grade).toBe('candidate');
    expect(as('phone_number', read('phone_md5', '0f0b9c2a3d4e5f60718293a4b5c6d7e8'))?.grade).toBe('probable');
  });

  it('says that a digest is one of nothing', () => {
    expect(as('imei', read('imei_md5', 'd41d8cd98f00b204e9800998ecf8427e'))).toMatchObject({ placeholder: true });
    expect(as('imei', read('imei', 'unknown'))).toMatchObject({ placeholder: true });
    expect(as('imei', read('imei_md5', '0123456789abcdef0123456789abcdef'))).toMatchObject({ placeholder: true });
  });

  it.each([
    ['imei', 'imei', '866123456789018/866123456789026'],
    ['imei', 'imei', '000000000000000,866123456789018'],
    ['imei', 'imei', 'A10000009296F2,866123456789018'],
    ['meid', 'imei', 'A10000009296F2,A10000009296F2'],
    ['imsi', 'imsi', '460001234567890,460011234567891'],
    ['imsi', 'imsi', '460001234567890,'],
    ['iccid', 'iccid', '89860012345678901234|89860112345678901234'],
    ['mac_address', 'mac', '3c:cd:5d:12:34:58,3c:cd:5d:12:34:59'],
    ['phone_number', 'phones', '13912345678,13812345679'],
  ])('incident: several of %s in one field: %s=%s', (id, key, value) => {
    const found = as(id, read(key, value));
    expect(['strong', 'probable']).toContain(found?.grade);
    expect(found?.placeholder).toBe(false);
  });

  it('takes no list of other things for several of one', () => {
    for (const [key, value] of [
      ['imei', '866123456789018,home'],
      ['did', '1,2,3'],
      ['mobile', '2026/01/02'],
      ['phone', 'iPhone/13'],
      ['phone', '13912345678,13812345679,13712345670,13612345671,13512345672'],
      ['sn', 'ABCD1234,EFGH5678'],
    ] as const)
      expect(
        read(key, value).filter(({ grade }) => grade !== 'candidate'),
        `${key}=${value}`,
      ).toEqual([]);
  });

  it('does not take flags and counters for data', () => {
    expect(read('clipboard', 'true')).toEqual([]);
    expect(read('disease', '1')).toEqual([]);
    expect(read('user_profile_tags', 'on')).toEqual([]);
    expect(read('phone', 'true', { kind: 'boolean' })).toEqual([]);
    expect(read('imei', 'null', { kind: 'null' })).toEqual([]);
  });

  it('reads a wrapping by its name only', () => {
    expect(read(null, '13912345678', { opened: true })).toEqual([]);
    expect(as('device_fingerprint', read('blackBox', 'eyJvcyI6ImFuZHJvaWQifQ==', { opened: true }))?.grade).toBe('probable');
  });

  it('lowers the grade when other words stand before the name', () => {
    const found = as('ip_address', read('last_login_ip', '203.0.113.7'));
    expect(found?.grade).toBe('probable');
    expect(found?.trace.map(({ rule }) => rule)).toContain('key-suffix');
    expect(as('gender', read('show_gender', 'F'))?.grade).toBe('candidate');
  });

  it('finds nothing strong or probable in 20,000 numbers of a busy app', () => {
    const below = random(7);
    const next = () => below(2 ** 32);
    const keys = ['ts', 'item_id', 'count', 'x', 'group_id', 'order_no', 'seq', 'v', 'score', 'trace_id'];
    for (let run = 0; run < 20_000; run++) {
      const key = keys[run % keys.length] ?? 'x';
      const value =
        run % 3 === 0
          ? String(1_700_000_000_000 + next())
          : run % 3 === 1
            ? `${next()}${next()}`.slice(0, 10 + (run % 10))
            : `${next().toString(16)}${next().toString(16)}`;
      for (const { grade, dataType } of read(key, value)) expect(grade, `${key}=${value} ${dataType}`).toBe('candidate');
    }
  });
});
