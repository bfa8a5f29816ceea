import { expect, test } from 'vitest';
import { issueOf, judgedOne } from '../case.js';

test('GPS in a photo, also where location is on the list', () => {
  expect(issueOf('location_in_photo', judgedOne(['online_community'], 'photo_exif_gps'))?.text.zh).toContain('拍摄地点');
  expect(issueOf('location_in_photo', judgedOne(['map_navigation'], 'photo_exif_gps'))).not.toBeNull();
});

test('a position sent as such is no photo', () => {
  expect(issueOf('location_in_photo', judgedOne(['online_community'], 'location_precise'))).toBeNull();
});
