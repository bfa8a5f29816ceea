import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/place-code.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('place-code', () => {
  it.each(['SHH', 'PEK', 'BJP'])('passes %s', (value) => expect(read(value)?.normalised).toBe(value));
  it.each(['app', 'Web', 'AB', 'ABCD', 'A1B', '上海站'])('refuses %s', (value) => expect(read(value)).toBeNull());
});
