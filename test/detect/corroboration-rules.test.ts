import { describe, expect, it } from 'vitest';
import { CORROBORATION_RULES, isBusy, isNoLevel, LONG_HEX, SYSTEM_NAMED } from '../../src/detect/corroboration-rules.js';
import { dataTypes } from './fixture.js';

describe('the rules of corroboration', () => {
  it('are about types that there are, and name companions that there are', () => {
    const known = new Set(dataTypes.map(({ id }) => id));
    for (const [id, { companions, deviceData }] of CORROBORATION_RULES) {
      expect(known, id).toContain(id);
      for (const type of companions?.types ?? []) expect(known, `${id}: ${type}`).toContain(type);
      expect(companions !== undefined || deviceData !== undefined, id).toBe(true);
    }
  });

  it('put the strictest value first', () => {
    for (const [id, { deviceData = [] }] of CORROBORATION_RULES)
      for (const keyed of [true, false]) {
        const rates = deviceData.filter(({ keys }) => (keys !== undefined) === keyed).map(({ passRate }) => passRate);
        expect(rates, id).toEqual([...rates].sort((one, other) => one - other));
      }
  });

  it('tell shares of a part from its size, editions of a program from levels of the system, numbers from words', () => {
    expect([isBusy('cpu', '12.5%'), isBusy('cpu', '8'), isBusy('mem', '0.35'), isBusy('mem', '8192')]).toEqual([true, false, true, false]);
    expect([isNoLevel('sdk', '3.2.1'), isNoLevel('sdk', '33'), isNoLevel('android api', '1.9.0')]).toEqual([true, false, true]);
    expect(LONG_HEX.test('0f0b9c2a3d4e5f60718293a4b5c6d7e8')).toBe(true);
    expect(LONG_HEX.test('abcdefabcdefabcdefabcdefabcdefab')).toBe(false);
    expect(SYSTEM_NAMED).toContain('device');
  });
});
