import { describe, expect, it } from 'vitest';
import { identifierOf, identifiersAmong, identifiersIn } from '../../src/detect/identifiers.js';

describe('identifierOf', () => {
  it('tells a number by its own test', () => {
    expect(identifierOf('866123456789018')).toBe('imei');
    expect(identifierOf('460001234567890')).toBe('imsi');
    expect(identifierOf('89860012345678901235')).toBe('iccid');
    expect(identifierOf('3C-5A-B4-01-02-03')).toBe('mac_address');
  });

  it('refuses digits that fail it, and placeholders', () => {
    for (const text of ['866123456789011', '460991234567890', '012345678901237', '02:00:00:00:00:00', '3c5ab4010203', '1700000000123', ''])
      expect(identifierOf(text), text).toBeNull();
  });
});

describe('identifiersIn', () => {
  it('gives each at its place', () => {
    expect(identifiersIn('866123456789018|460001234567890|x')).toEqual([
      ['imei', { text: '866123456789018', start: 0 }],
      ['imsi', { text: '460001234567890', start: 16 }],
    ]);
  });

  it('wants two kinds', () => {
    expect(identifiersIn('866123456789018,866123456789018')).toEqual([]);
    expect(identifiersIn('866123456789018')).toEqual([]);
    expect(identifiersIn(`866123456789018${',1'.repeat(20)},460001234567890`)).toEqual([]);
  });
});

describe('identifiersAmong', () => {
  it('finds nothing among nothing', () => {
    expect(identifiersAmong([], () => 0).size).toBe(0);
  });
});
