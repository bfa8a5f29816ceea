import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { fieldAt, opened, request } from '../sample.js';

/** A little-endian TIFF structure with one directory, Exif and GPS sub-directories, written by hand. */
function tiff(): Buffer {
  const out = Buffer.alloc(300);
  out.write('II*\0', 0, 'latin1');
  out.writeUInt32LE(8, 4);
  const entry = (at: number, tag: number, type: number, count: number, value: number): void => {
    out.writeUInt16LE(tag, at);
    out.writeUInt16LE(type, at + 2);
    out.writeUInt32LE(count, at + 4);
    out.writeUInt32LE(value, at + 8);
  };
  out.writeUInt16LE(3, 8);
  entry(10, 272, 2, 8, 100);
  out.write('Phone X\0', 100, 'latin1');
  entry(22, 34665, 4, 1, 120);
  entry(34, 34853, 4, 1, 150);
  out.writeUInt16LE(1, 120);
  entry(122, 42033, 2, 10, 140);
  out.write('SN1234567\0', 140, 'latin1');
  out.writeUInt16LE(4, 150);
  entry(152, 1, 2, 2, 0x4e);
  entry(164, 2, 5, 3, 210);
  entry(176, 3, 2, 2, 0x57);
  entry(188, 4, 5, 3, 240);
  const fractions = (at: number, ...list: number[]): void => {
    for (const [i, value] of list.entries()) out.writeUInt32LE(value, at + i * 4);
  };
  fractions(210, 31, 1, 13, 1, 4944, 100);
  fractions(240, 121, 1, 28, 1, 2532, 100);
  return out;
}

function jpeg(): Buffer {
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff()]);
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(exif.length + 2, 4);
  return Buffer.concat([head, exif, Buffer.from([0xff, 0xda, 0, 2, 1, 2, 3])]);
}

test('position, device and serial number of a photograph; the photograph stays', () => {
  const body = Buffer.concat([
    Buffer.from('--b\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n'),
    jpeg(),
    Buffer.from('\r\n--b--'),
  ]);
  const decoded = decodeRequest(request({ type: 'multipart/form-data; boundary=b', body }));
  expect(Number(fieldAt(decoded, 'body.multipart.photo|exif.GPSLatitude').value)).toBeCloseTo(31 + 13 / 60 + 49.44 / 3600, 6);
  expect(Number(fieldAt(decoded, 'body.multipart.photo|exif.GPSLongitude').value)).toBeCloseTo(-(121 + 28 / 60 + 25.32 / 3600), 6);
  expect(fieldAt(decoded, 'body.multipart.photo|exif.BodySerialNumber')).toMatchObject({
    value: 'SN1234567',
    keys: ['photo', 'BodySerialNumber'],
  });
  expect(fieldAt(decoded, 'body.multipart.photo')).toMatchObject({ kind: 'binary', opened: true });
});

test('a whole body, PNG, WebP and HEIC', () => {
  expect(opened(jpeg())).toMatchObject({ 'body|exif.Model': 'Phone X', body: expect.any(String) });
  const length = Buffer.alloc(4);
  length.writeUInt32BE(tiff().length);
  const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), length, Buffer.from('eXIf'), tiff(), Buffer.alloc(4)]);
  expect(opened(png)).toMatchObject({ 'body|exif.Model': 'Phone X' });
  length.writeUInt32LE(tiff().length);
  expect(opened(Buffer.concat([Buffer.from('RIFF....WEBPEXIF'), length, tiff()]))).toMatchObject({ 'body|exif.Model': 'Phone X' });
  expect(opened(Buffer.concat([Buffer.from('\0\0\0\x18ftypheic....', 'latin1'), Buffer.from('Exif\0\0', 'latin1'), tiff()]))).toMatchObject(
    { 'body|exif.Model': 'Phone X' },
  );
});

test('damaged metadata never ends in an exception', () => {
  const image = jpeg();
  for (let at = 0; at < image.length; at++) {
    const broken = Buffer.from(image);
    broken[at] = 0xff;
    expect(() => decodeRequest(request({ body: broken }))).not.toThrow();
  }
});

test('HEIC: its table of items names the Exif item with the same six bytes, and is passed over', () => {
  const table = Buffer.from('\0\0\0\x15infe\x02\0\0\0\0\x01\0\0Exif\0\0\0\0\x1ailoc', 'latin1');
  const item = Buffer.concat([Buffer.from('\0\0\0\x06Exif\0\0', 'latin1'), tiff()]);
  const heic = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic....', 'latin1'), table, Buffer.alloc(40), item]);
  expect(opened(heic)).toMatchObject({ 'body|exif.Model': 'Phone X', 'body|exif.GPSLatitude': expect.stringMatching(/^31\.23/) });
});

test('a TIFF file itself', () => {
  expect(opened(tiff(), 'image/tiff')).toMatchObject({ 'body|exif.Model': 'Phone X' });
});

test('a document in the comment of a photograph is read, words of a person are left as they are', () => {
  const note = (text: Buffer): Buffer => {
    const out = Buffer.alloc(40 + text.length);
    out.write('II*\0', 0, 'latin1');
    out.writeUInt32LE(8, 4);
    out.writeUInt16LE(1, 8);
    out.writeUInt16LE(37510, 10);
    out.writeUInt16LE(7, 12);
    out.writeUInt32LE(text.length, 14);
    out.writeUInt32LE(40, 18);
    text.copy(out, 40);
    return out;
  };
  const document = '{"imei":"860000000000001"}';
  for (const text of [
    Buffer.from(`ASCII\0\0\0${document}`),
    Buffer.concat([Buffer.from('UNICODE\0'), Buffer.from(document, 'utf16le')]),
    Buffer.from(`ASCII\0\0\0${Buffer.from(document).toString('base64')}`),
  ])
    expect(Object.values(opened(note(text), 'image/tiff'))).toContain('860000000000001');
  expect(Object.keys(opened(note(Buffer.from('ASCII\0\0\0a day at the sea')), 'image/tiff')).some((path) => path.includes('Comment'))).toBe(
    false,
  );
});
