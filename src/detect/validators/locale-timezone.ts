import type { Passed, Validator } from '../validator.js';
import { validator as locale } from './locale.js';
import { validator as timezone } from './timezone.js';

export const validator: Validator = {
  source: 'BCP 47 and ISO 639 (locale), IANA and ISO 8601 (time zone)',
  fits: (shape) => locale.fits(shape) || timezone.fits(shape),
  check: (value): Passed | null => locale.check(value) ?? timezone.check(value),
};
