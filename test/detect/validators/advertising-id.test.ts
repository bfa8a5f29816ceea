import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/advertising-id.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('advertising-id', () => {
  it.each([
    ['4ce3a7dc-4a15-40fd-a201-5101bb0a351a', '4ce3a7dc4a1540fda2015101bb0a351a', 'UUID'],
    [
      'E6B7A1C0-3F2D-4B8A-9C1E-5D7F90A1B2C3,E6B7A1C0-3F2D-4B8A-9C1E-5D7F90A1B2C4',
      'e6b7a1c0-3f2d-4b8a-9c1e-5d7f90a1b2c3,e6b7a1c0-3f2d-4b8a-9c1e-5d7f90a1b2c4',
      'several',
    ],
    ['1fe9a970efbb29e0', '1fe9a970efbb29e0', '16 hexadecimal'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['1700000000123', 'a time'],
    ['denied-by-user', 'words'],
    ['test-ifa-12345678', 'a trial by its own word'],
    ['true', 'a flag'],
    ['0e3b4bxxxxxxx18e8a7', 'written over'],
    ['E6B7A1C0-3F2D-4B8A-9C1E-5D7F90A1B2C3,home', 'a UUID and a word'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });

  it('knows the values that identify nobody', () => {
    for (const value of ['00000000-0000-0000-0000-000000000000']) expect(read(value), value).toMatchObject({ placeholder: true });
    expect(read('4ce3a7dc-4a15-40fd-a201-5101bb0a351a')?.placeholder).toBe(false);
  });
});
