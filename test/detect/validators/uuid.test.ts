import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/uuid.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('uuid', () => {
  it.each([
    ['5AC6A0FF-8D18-47BC-A902-2812CF0C251E', '5ac6a0ff8d1847bca9022812cf0c251e', 'capitals'],
    ['{5ac6a0ff-8d18-47bc-a902-2812cf0c251e}', '5ac6a0ff8d1847bca9022812cf0c251e', 'braces'],
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
    expect(read('5AC6A0FF-8D18-47BC-A902-2812CF0C251E')?.placeholder).toBe(false);
  });
});
