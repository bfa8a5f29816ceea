import { describe, expect, it } from 'vitest';
import { passesLuhn } from '../../src/detect/luhn.js';

describe('passesLuhn', () => {
  it('takes the example of ISO/IEC 7812-1 and refuses its neighbours', () => {
    expect(passesLuhn('79927398713')).toBe(true);
    for (const last of '012456789') expect(passesLuhn(`7992739871${last}`)).toBe(false);
  });

  it('refuses the empty text and anything that is no digit', () => {
    expect(passesLuhn('')).toBe(false);
    expect(passesLuhn('7992739871X')).toBe(false);
  });
});
