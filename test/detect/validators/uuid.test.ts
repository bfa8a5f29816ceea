import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/uuid.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('uuid', () => {
  it.each([
    ['4CE3A7DC-4A15-40FD-A201-5101BB0A351A', '4ce3a7dc4a1540fda2015101bb0a351a', 'capitals'],
    ['{4ce3a7dc-4a15-40fd-a201-5101bb0a351a}', '4ce3a7dc4a1540fda2015101bb0a351a', 'braces'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['5ac6a0ff-8d18-47bc-a902', 'cut short'],
    ['zac6a0ff-8d18-47bc-a902-2812cf0c251e', 'a letter beyond f'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });

  it('knows the values that identify nobody', () => {
    for (const value of ['00000000-0000-0000-0000-000000000000']) expect(read(value), value).toMatchObject({ placeholder: true });
    expect(read('4CE3A7DC-4A15-40FD-A201-5101BB0A351A')?.placeholder).toBe(false);
  });
});
