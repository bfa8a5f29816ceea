import { expect, test } from 'vitest';
import { isAlbum, isAlbumFile, isOfPicture } from '../../src/detect/picture.js';

test('positions that pictures and videos carry, and others', () => {
  expect(isOfPicture({ steps: ['multipart', 'exif'], keys: ['GPSLatitude'] })).toBe(true);
  expect(isOfPicture({ steps: ['quicktime'], keys: ['GPSLatitude'] })).toBe(true);
  expect(isOfPicture({ steps: ['json'], keys: ['exifInfo', 'lat'] })).toBe(true);
  expect(isOfPicture({ steps: ['json'], keys: ['lat'] })).toBe(false);
});

test('files of a phone’s album, and others', () => {
  for (const file of [
    '/storage/emulated/0/DCIM/Camera/IMG_20260102_105424.jpg',
    '/sdcard/Pictures/Screenshots/a.png',
    'file:///storage/emulated/0/DCIM/Camera/VID_1.mp4',
    '/var/mobile/Media/DCIM/100APPLE/IMG_0001.HEIC',
    'content://media/external/images/media/10233',
    '3F0C1D5E-7A2B-4C6D-8E9F-0A1B2C3D4E5F/L0/001',
  ])
    expect(isAlbumFile(file), file).toBe(true);
  for (const file of [
    'https://img.example.com/DCIM/Camera/banner_of_today.png',
    '/storage/emulated/0/Android/data/com.example/cache/a.jpg',
    '/static/images/Pictures/banner_of_today.png',
    '/storage/emulated/0/DCIM/Camera/notes.txt',
    'IMG_20260102_105424.jpg',
  ])
    expect(isAlbumFile(file), file).toBe(false);
  expect(isAlbum(['data', 'USER_PHONE_PHOTO'])).toBe(true);
  expect(isAlbum(['imageryList'])).toBe(false);
});
