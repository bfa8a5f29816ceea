import { describe, expect, it } from 'vitest';
import { DEVICE, HOLDERS } from '../../src/detect/holder-nouns.js';
import { dataTypes } from './fixture.js';

const known = new Set(dataTypes.map(({ id }) => id));

describe('HOLDERS', () => {
  it('speaks of known types only, and says why in both languages', () => {
    for (const { name, types, rivals, why } of HOLDERS) {
      for (const type of [...types, ...(rivals ?? [])]) expect(known, `${name}: ${type}`).toContain(type);
      expect(why.zh).not.toBe(why.en);
    }
    for (const type of DEVICE.split(' ')) expect(known).toContain(type);
  });

  it('has one entry for a word and a type: of two the second would never be asked', () => {
    const seen = new Set<string>();
    for (const { nouns, types } of HOLDERS)
      for (const noun of nouns)
        for (const type of types) {
          expect(seen, noun).not.toContain(`${noun} ${type}`);
          seen.add(`${noun} ${type}`);
        }
  });

  it('makes nobody else of who holds a number of identity', () => {
    for (const { name, types } of HOLDERS) {
      expect(types, name).not.toContain('id_number');
      expect(types, name).not.toContain('bank_card_number');
      expect(types, name).not.toContain('imei');
    }
  });
});
