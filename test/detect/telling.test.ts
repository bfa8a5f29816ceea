import { describe, expect, it } from 'vitest';
import { TELLINGS } from '../../src/detect/telling.js';
import { dataTypes } from './fixture.js';

const typesOf = (text: string) => [...new Set(TELLINGS.filter(({ tells }) => tells(text)).map(({ dataType }) => dataType))];

describe('TELLINGS', () => {
  it('speak of types that exist', () => {
    const known = new Set(dataTypes.map(({ id }) => id));
    expect(TELLINGS.filter(({ dataType }) => !known.has(dataType))).toEqual([]);
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
      ['GMT+8', 'locale_timezone'],
      ['-0700', 'locale_timezone'],
      ['XXHDPI', 'screen_info'],
      ['arm64-v8a', 'hardware_params'],
      ['Adreno (TM) 540', 'hardware_params'],
      ['255865737216', 'hardware_params'],
      ['866123456789018', 'imei'],
      ['89860012345678901234', 'iccid'],
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
      'edge',
      'release',
      '866123456789011',
      '549755813888',
      '1',
    ])
      expect(typesOf(text), text).toEqual([]);
  });
});
