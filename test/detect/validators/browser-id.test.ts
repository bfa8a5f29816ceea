import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/browser-id.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('browser-id', () => {
  it.each([
    ['GA1.2.1234567890.1600000000', 'GA1.2.1234567890.1600000000', 'Google Analytics'],
    ['0F0B9C2A3D4E5F60718293A4B5C6D7E8:FG=1', '0F0B9C2A3D4E5F60718293A4B5C6D7E8:FG=1', 'Baidu'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['17', 'a number'],
    ['channel-one', 'a word'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});
