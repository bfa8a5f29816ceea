import { describe, expect, test } from 'vitest';
import { luhnDigit, residentIdCheck, vinCheck } from '../../src/persona/checksum.js';
import { parsePersona } from '../../src/persona/parse.js';
import { makePersona, writePersonaYaml } from '../../src/persona/synthetic.js';

const COMPLETE = [
  'phone_number',
  'real_name',
  'id_number',
  'bank_card_number',
  'email',
  'postal_address',
  'imei',
  'imsi',
  'iccid',
  'meid',
  'android_id',
  'oaid',
  'idfa',
  'gaid',
  'mac_address',
  'bssid',
  'ssid',
  'location_precise',
  'license_plate',
  'vin',
  'wechat_id',
  'account_id',
];

const one = (seed: string, type: string) => makePersona(seed).values[type]?.[0] ?? '';
const passesLuhn = (digits: string) => luhnDigit(digits.slice(0, -1)) === digits.slice(-1);

describe('a synthetic persona', () => {
  test('is complete', () => {
    expect(Object.keys(makePersona('s').values)).toEqual(expect.arrayContaining(COMPLETE));
  });

  test('is the same for the same seed, another for another, and random without one', () => {
    expect(makePersona('s')).toEqual(makePersona('s'));
    expect(makePersona('s').values.android_id).not.toEqual(makePersona('t').values.android_id);
    expect(makePersona().values.oaid).not.toEqual(makePersona().values.oaid);
  });

  test.each(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])('passes every checksum (seed %s)', (seed) => {
    expect(one(seed, 'phone_number')).toMatch(/^1990000\d{4}$/);
    const id = one(seed, 'id_number');
    expect(id).toMatch(/^110101190[1-5]\d{4}\d{3}[\dX]$/);
    expect(residentIdCheck(id.slice(0, 17))).toBe(id[17]);
    expect(id.slice(6, 14)).toBe(one(seed, 'birth_date').replaceAll('-', ''));
    expect(Number(id[16]) % 2 === 1).toBe(one(seed, 'gender') === '男');
    expect(new Date(one(seed, 'birth_date')).toISOString().slice(0, 10)).toBe(one(seed, 'birth_date'));
    for (const type of ['bank_card_number', 'imei', 'iccid']) expect([type, passesLuhn(one(seed, type))]).toEqual([type, true]);
    expect(one(seed, 'bank_card_number')).toHaveLength(19);
    expect(one(seed, 'iccid')).toHaveLength(20);
    expect(one(seed, 'imsi')).toMatch(/^46000\d{10}$/);
    expect(one(seed, 'vin')[8]).toBe(vinCheck(one(seed, 'vin')));
    expect(one(seed, 'vin')).toMatch(/^[A-HJ-NPR-Z0-9]{17}$/);
    expect(one(seed, 'meid')).toMatch(/^[0-9A-F]{14}$/);
    expect(one(seed, 'license_plate')).toMatch(/^京A[A-HJ-NP-Z0-9]{5}$/);
    for (const type of ['oaid', 'gaid', 'idfa', 'idfv', 'device_uuid'])
      expect(one(seed, type)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/i);
  });

  test('can be told from a real one', () => {
    expect(one('s', 'email')).toMatch(/@overreach\.example$/);
    expect(Number(one('s', 'qq_id'))).toBeGreaterThan(0xffffffff);
    const macs = ['mac_address', 'bluetooth_mac', 'bssid'].map((type) => one('s', type));
    expect(new Set(macs).size).toBe(3);
    for (const mac of macs) expect(mac).toMatch(/^00:00:5e:00:53:/);
  });
});

describe('the file', () => {
  test('is read back as the same persona', () => {
    const persona = makePersona('s');
    expect(parsePersona(writePersonaYaml(persona), 'x')).toEqual(persona);
  });

  test('any persona survives, whatever characters it holds', () => {
    const persona = {
      values: { real_name: ['"quoted": #x', 'a\\b\u2028c'], note_type: ['- [x'], imei: ['1', '2'] },
      salts: ['s: "1"', '\u0085'.concat('x')],
      keys: [{ algorithm: 'aes-128-ecb', key: '00', iv: null, encoding: 'hex' as const, where: 'body.$.data' }],
    };
    expect(parsePersona(writePersonaYaml(persona), 'x')).toEqual(persona);
  });

  test('speaks both languages and says how to use it', () => {
    const text = writePersonaYaml(makePersona('s'));
    expect(text).toContain('合成数据');
    expect(text).toContain('synthetic');
    expect(text.endsWith('\n')).toBe(true);
  });
});
