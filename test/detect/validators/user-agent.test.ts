import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/user-agent.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('user-agent', () => {
  it.each([
    ['Dalvik/2.1.0 (Linux; U; Android 11; Pixel 5 Build/RQ3A)', 'Dalvik/2.1.0 (Linux; U; Android 11; Pixel 5 Build/RQ3A)', 'Android’s own'],
    ['okhttp/3.10.0', 'okhttp/3.10.0', 'a library'],
    ['Mozilla%2F5.0%20%28iPhone)', 'Mozilla/5.0 (iPhone)', 'percent-encoded once more'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['UA-123456789-1', 'a statistics account'],
    ['hello world again', 'words'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});
