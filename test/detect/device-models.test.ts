import { describe, expect, it } from 'vitest';
import {
  isCodename,
  isMachine,
  isMakerAndCode,
  isMakerAndModel,
  isPhoneMaker,
  isPhonesByMaker,
  makerOfCode,
} from '../../src/detect/device-models.js';

describe('isCodename', () => {
  it('knows boards by their names, as Android writes them', () => {
    for (const text of ['umi', 'polaris', 'blueline']) expect(isCodename(text), text).toBe(true);
    for (const text of ['UMI', 'web', 'umi2', '']) expect(isCodename(text), text).toBe(false);
  });
});

describe('isMakerAndCode', () => {
  it('knows a maker with a code of its own writing, whatever parts them', () => {
    for (const text of ['HUAWEI@@EVA-AL00', 'HUAWEI_TAS-AN00', 'samsung SM-G9008W', 'Redmi|22011211C', 'HUAWEICAZ-AL10'])
      expect(isMakerAndCode(text), text).toBe(true);
    for (const text of ['HUAWEI', 'EVA-AL00', 'HUAWEI@@phone', 'shop@@EVA-AL00', 'HUAWEI-610'])
      expect(isMakerAndCode(text), text).toBe(false);
  });
});

describe('makerOfCode', () => {
  it('knows how makers write their codes', () => {
    for (const [code, maker] of [
      ['iPhone14,3', 'Apple'],
      ['D431AP', 'Apple'],
      ['SM-G9910', 'Samsung'],
      ['GT-I9300', 'Samsung'],
      ['LYA-AL10', 'Huawei, Honor'],
      ['PGT-AN10', 'Huawei, Honor'],
      ['Che1-CL20', 'Huawei, Honor'],
      ['Hol-U10', 'Huawei, Honor'],
      ['M2012K11AC', 'Xiaomi, Redmi, POCO'],
      ['22081212C', 'Xiaomi, Redmi, POCO'],
      ['2312DRA50C', 'Xiaomi, Redmi, POCO'],
      ['PACT00', 'OPPO, OnePlus'],
      ['CPH2025', 'OPPO, OnePlus'],
      ['RMX2117', 'realme'],
      ['V2072A', 'vivo, iQOO'],
      ['XT2201-2', 'Lenovo, Motorola'],
    ])
      expect(makerOfCode(code as string), code).toBe(maker);
  });

  it('knows no codes in versions, dates, order numbers and words', () => {
    for (const text of [
      'V10.1',
      '20221101',
      '2.3.1',
      'SM-1',
      'A-1',
      'release',
      'COVID-19',
      'UTF-8',
      'V2',
      'M123456789',
      '22081212',
      'IPHONE',
    ])
      expect(makerOfCode(text), text).toBeNull();
  });
});

describe('isMachine', () => {
  it('is what iOS says and no shop does', () => {
    expect(isMachine('iPhone14,3')).toBe(true);
    expect(isMachine('iPhone 13')).toBe(false);
  });
});

describe('isPhonesByMaker', () => {
  it('is a maker of phones and one word with a digit, with blanks or with what a form makes of them', () => {
    for (const text of ['vivo X20A', 'OPPO A33', 'vivo+X5Max+', 'vivo X3L', 'HUAWEI P30 Pro', 'Redmi K30'])
      expect(isPhonesByMaker(text), text).toBe(true);
  });

  it('is no slogan, no year of a shop, no other firm and no thing for a phone', () => {
    for (const text of [
      'vivo',
      'vivo 5G',
      'HUAWEI cloud',
      'HUAWEI P30 case',
      'nike A33',
      'apple 12 pieces',
      'OPPO A33 and A35',
      'my vivo X20A',
      'oppo_market1',
      'huawei-hms5',
    ])
      expect(isPhonesByMaker(text), text).toBe(false);
  });
});

describe('makers', () => {
  it('tells a maker, and a maker with its model', () => {
    expect(isPhoneMaker('HUAWEI')).toBe(true);
    expect(isPhoneMaker('nike')).toBe(false);
    for (const text of ['samsung SM-G9008W', 'RNE-AL00|HUAWEI', 'huawei-610', 'Android-Redmi Note 5 Pro', 'Xiaomi -MI 6'])
      expect(isMakerAndModel(text), text).toBe(true);
    for (const text of ['huawei', 'xiaomi 20221101', 'vivo 3.2.1', 'huawei cloud']) expect(isMakerAndModel(text), text).toBe(false);
  });
});
