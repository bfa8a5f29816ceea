import { describe, expect, it } from 'vitest';
import { DEVICE_FEATURES, featuresOf, featuresUnder, isFeatureAlone } from '../../src/detect/device-features.js';
import { dataTypes } from './fixture.js';

const DIGEST = '0F0B9C2A3D4E5F60718293A4B5C6D7E8';
/** 32 digits in capitals and 32 in small letters. */
const OPPOS = `${DIGEST}${'7d58e1f2a3b4c5d6'.repeat(2)}`;

const typesOf = (text: string) => [
  ...new Set(DEVICE_FEATURES.filter(({ matches, under }) => under === undefined && matches(text)).map(({ dataType }) => dataType)),
];

const under = (name: string, text: string) =>
  DEVICE_FEATURES.filter((each) => each.under?.test(name) === true && each.matches(text)).map(({ dataType }) => dataType);

describe('isFeatureAlone', () => {
  it('knows what needs no neighbour', () => {
    for (const text of [
      'iPhone13,2',
      'iPod touch,8.1',
      'iOS,14.3',
      'Android,8.1.0',
      'ConnectivityResult.wifi',
      '[ConnectivityResult.wifi, ConnectivityResult.vpn]',
      OPPOS,
      `${DIGEST}|O`,
      `${DIGEST}|123456789012345`,
      `${DIGEST}|A1B2C3D4V`,
    ])
      expect(isFeatureAlone(text), text).toBe(true);
    for (const text of [
      'iOS 14.3',
      'iOS,Android',
      'iOS,14',
      'iPhone,12',
      'iPod touch,8.1 for sale',
      'ios,14.3 is out',
      'ConnectivityResult.retry',
      'my ConnectivityResult.wifi',
      'a,1.2',
      OPPOS.toUpperCase(),
      OPPOS.toLowerCase(),
      OPPOS.slice(1),
      `${'1'.repeat(32)}${'0f'.repeat(16)}`,
      `${DIGEST.toLowerCase()}|O`,
      `${DIGEST}|02`,
      `${DIGEST}|example`,
      DIGEST,
    ])
      expect(isFeatureAlone(text), text).toBe(false);
  });
});

describe('DEVICE_FEATURES', () => {
  it('ask the name where the value could be anything', () => {
    expect(under('mosv', '7.1.1')).toEqual(['os_version']);
    expect(under('cost', '15')).toEqual([]);
    expect(under('orientation', 'p')).toEqual(['screen_info']);
    expect(under('sc', '2.0')).toEqual(['screen_info']);
    const id = '0f0b9c2a3d4e5f60718293a4b5c6d7e8';
    for (const name of ['qaid', 'omgid', 'mid']) expect(under(name, id), name).toEqual(['device_uuid']);
    for (const name of ['adunitid', 'requestid', 'rid', 'sid', 'uid', 'userid', 'guid', 'void', 'orderid', 'appid'])
      expect(under(name, id), name).toEqual([]);
    expect(under('qaid', '1700000000123')).toEqual([]);
    expect(under('operator', '3')).toEqual(['sim_operator']);
    expect(under('operation', '3')).toEqual([]);
    expect(under('carrier', '0')).toEqual([]);
    for (const code of ['0', '00', '1']) expect(under('mnc', code), code).toEqual(['sim_operator']);
  });

  it('speak of types that exist', () => {
    const known = new Set(dataTypes.map(({ id }) => id));
    expect(DEVICE_FEATURES.filter(({ dataType }) => !known.has(dataType))).toEqual([]);
  });

  it('know the writing of a feature', () => {
    for (const [text, type] of [
      ['V12.5.3.0.RJBCNXM', 'os_version'],
      ['iPhone OS 9.2.1', 'os_version'],
      ['MOBILE_LTE', 'network_type'],
      ['WIFI', 'network_type'],
      ['中国移动', 'sim_operator'],
      ['46001', 'sim_operator'],
      ['zh_CN', 'locale_timezone'],
      ['zh-Hans_CN', 'locale_timezone'],
      ['iPhone5S', 'device_model'],
      ['iPhone 13 Pro', 'device_model'],
      ['GMT+8', 'locale_timezone'],
      ['-0700', 'locale_timezone'],
      ['XXHDPI', 'screen_info'],
      ['arm64-v8a', 'hardware_params'],
      ['Adreno (TM) 540', 'hardware_params'],
      ['255865737216', 'hardware_params'],
      ['866123456789018', 'imei'],
      ['89860012345678901238', 'iccid'],
      ['浙江', 'location_coarse'],
    ])
      expect(typesOf(text as string), text).toEqual([type]);
  });

  it('know nothing in times, counters, versions and words', () => {
    for (const text of [
      '1700000000123',
      '1700000000',
      '20240101',
      '7.1.1',
      'mobile',
      'iphonepro',
      'iPhone_7_0_0',
      'edge',
      'release',
      '866123456789011',
      '549755813888',
      '1',
    ])
      expect(typesOf(text), text).toEqual([]);
  });
});

describe('featuresOf, featuresUnder', () => {
  const named = (bits: number) => DEVICE_FEATURES.filter((_, index) => (bits & (1 << index)) !== 0).map(({ dataType }) => dataType);

  it('fit into the bits of a number', () => {
    expect(DEVICE_FEATURES.length).toBeLessThanOrEqual(31);
  });

  it('tell what a value is written like, a number only as what is written in numbers', () => {
    expect(named(featuresOf('wifi'))).toEqual(['network_type']);
    expect(new Set(named(featuresOf(' SM-G9910 ')))).toEqual(new Set(['device_model']));
    expect(named(featuresOf('46000'))).toEqual(['sim_operator']);
    expect(named(featuresOf('iPhone13,2'))).toContain('device_model');
    for (const value of ['', 'home', 'true', '1700000000123', '春季新款连衣裙']) expect(featuresOf(value), value).toBe(0);
  });

  it('leave out what a name speaks against, and what wants a name of its own', () => {
    const told = (name: string, value: string) => named(featuresOf(value) & featuresUnder([name]));
    expect(told('nw', 'wifi')).toEqual(['network_type']);
    expect(told('dq', 'vivo')).toEqual(['device_model']);
    expect(told('duchannel', 'vivo')).toEqual([]);
    expect(told('download', 'wifi')).toEqual([]);
    expect(told('visitid', '6f1d2c3b-4a59-4687-8796-a5b4c3d2e1f0')).toEqual([]);
    expect(told('omgid', '6f1d2c3b-4a59-4687-8796-a5b4c3d2e1f0')).toEqual(['device_uuid']);
    expect(told('mosv', '9')).toContain('os_version');
    expect(told('count', '9')).toEqual([]);
    expect(told('operator', '3')).toEqual(['sim_operator']);
  });

  it('tell a build of a maker with the blank before its numbers and without', () => {
    expect(named(featuresOf('EXM-AL00 9.1.0.162(C00)'))).toContain('os_version');
    expect(named(featuresOf('EXM-AL009.1.0.162(C00)'))).toContain('os_version');
    expect(named(featuresOf('EXM-AL009.1.0.162'))).toEqual([]);
  });

  it('incident: a processor was not told under `arch`, by a family too short to say it alone', () => {
    const told = (name: string, value: string) => named(featuresOf(value) & featuresUnder([name]));
    for (const value of ['armv7', 'x86', 'arm']) expect(told('arch', value), value).toEqual(['hardware_params']);
    expect(told('limb', 'arm')).toEqual([]);
    expect(told('arch', 'gothic')).toEqual([]);
  });
});
