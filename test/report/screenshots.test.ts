import { expect, test } from 'vitest';
import { pictureKind, screenshotFile } from '../../src/report/screenshots.js';

test('what a picture is, is told by how it begins', () => {
  const riff = (kind: string) => Buffer.concat([Buffer.from('RIFF'), Buffer.alloc(4), Buffer.from(kind)]);
  expect(pictureKind(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0))).toBe('image/png');
  expect(pictureKind(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))).toBe('image/jpeg');
  expect(pictureKind(riff('WEBP'))).toBe('image/webp');
  for (const other of [riff('WAVE'), Buffer.from('<svg onload="x">'), Buffer.from('GIF89a'), new Uint8Array(0), Uint8Array.of(0x89, 0x50)])
    expect(pictureKind(other)).toBeNull();
});

test('names in the package sort as the pictures came', () => {
  expect([screenshotFile(1, 'image/png'), screenshotFile(12, 'image/jpeg')]).toEqual(['screenshots/01.png', 'screenshots/12.jpg']);
});
