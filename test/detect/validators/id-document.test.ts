import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/id-document.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('id-document', () => {
  it.each([
    ['11010119900307803X', '11010119900307803X', 'a resident ID'],
    ['E12345678', 'E12345678', 'a passport'],
    ['军字第1234567号', '军字第1234567号', 'an officer’s card'],
    ['CAN110080010112', 'CAN110080010112', 'a former permanent residence card'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['hello-world', 'words'],
    ['1234567', 'seven digits'],
    ['文字2026号', 'an office’s document'],
    ['军A12345', 'a number plate'],
    ['ABC202611200001', 'an order number that begins with a date'],
    ['CAN110080130112', 'no month'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});

// Incident: documents of offices are numbered like an officer's card, and were called one wherever they stood.
it('takes the form of a military document for a clue and no proof', () => {
  for (const value of ['文2026001', '军字第1234567号', '警123456']) expect(read(value)?.passRate, value).toBeGreaterThan(1e-3);
});

it('does not look for a permanent residence card where no name asks for one', () => {
  expect(validator.alone?.(shapeOf('CAN110080010112'))).toBe(false);
  expect(validator.alone?.(shapeOf('11010119900307803X'))).toBe(true);
});
