import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/session-token.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('session-token', () => {
  it.each([
    ['q83vEjRWeJCrze8SNFZ4kKvN7w', 'q83vEjRWeJCrze8SNFZ4kKvN7w', 'a secret'],
    ['Bearer q83vEjRWeJCrze8SNFZ4', 'q83vEjRWeJCrze8SNFZ4', 'with its scheme'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['bearer', 'the scheme alone'],
    ['some-token', 'words'],
    ['https://a.example.com/x1', 'an address'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});
