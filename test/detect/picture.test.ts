import { expect, test } from 'vitest';
import { isOfPicture } from '../../src/detect/picture.js';

test('positions that pictures and videos carry, and others', () => {
  expect(isOfPicture({ steps: ['multipart', 'exif'], keys: ['GPSLatitude'] })).toBe(true);
  expect(isOfPicture({ steps: ['quicktime'], keys: ['GPSLatitude'] })).toBe(true);
  expect(isOfPicture({ steps: ['json'], keys: ['exifInfo', 'lat'] })).toBe(true);
  expect(isOfPicture({ steps: ['json'], keys: ['lat'] })).toBe(false);
});
