import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/id-document.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('id-document', () => {
  it.each([
    ['11010119900307803X', '11010119900307803X', 'a resident ID'],
    ['E12345678', 'E12345678', 'a passport'],
    ['军字第1234567号', '军字第1234567号', 'an officer’s card'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['hello-world', 'words'],
    ['1234567', 'seven digits'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});
