import { expect, test } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { isMediaMime, mediaOf, sealedOf } from '../../src/decode/media.js';
import { SEALED_FILES } from '../../src/model/field.js';
import { request } from './sample.js';

test('known files by magic number', () => {
  expect(mediaOf(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0]))).toBe('image/jpeg');
  expect(mediaOf(Buffer.from('\0\0\0\x18ftypheic', 'latin1'))).toBe('image/heic');
  expect(mediaOf(Buffer.from('RIFF1234WEBPVP8 ', 'latin1'))).toBe('image/webp');
  expect(mediaOf(Buffer.from('#!AMR\n....'))).toBe('audio/amr');
});

test('DER only when its length is exact', () => {
  expect(mediaOf(Buffer.from([0x30, 6, 2, 1, 5, 2, 1, 7]))).toBe('application/der');
  expect(mediaOf(Buffer.from([0x30, 9, 2, 1, 5, 2, 1, 7]))).toBeNull();
});

// Incident: a call of 256 bytes, which its length stands before, was taken for an icon and not opened.
test('an icon only with its directory', () => {
  expect(mediaOf(Buffer.from('00000100010010100000010020006804000016000000', 'hex'))).toBe('image/x-icon');
  expect(mediaOf(Buffer.from('0000010010032c3c4007561b44656d6f2e5265706f72', 'hex'))).toBeNull();
});

test('unknown bytes are unknown', () => {
  expect(mediaOf(Buffer.from('{"a":1}'))).toBeNull();
  expect(mediaOf(Buffer.alloc(0))).toBeNull();
  expect(isMediaMime('video/mp4')).toBe(true);
  expect(isMediaMime('image/png')).toBe(false);
  expect(isMediaMime('application/octet-stream')).toBe(false);
});

test('every archive and document that is told is known by its first bytes', () => {
  const files: Record<(typeof SEALED_FILES)[number], readonly string[]> = {
    zip: ['504b0304'],
    '7z': ['377abcaf271c'],
    rar: ['526172211a07'],
    xz: ['fd377a585a00'],
    bzip2: ['425a6839'],
    // Frames, and those of the first versions.
    lz4: ['04224d18', '02214c18'],
    pdf: ['255044462d312e37'],
    sqlite: ['53514c69746520666f726d6174203300'],
    minidump: ['4d444d5093a70000'],
    'sqlite-wal': ['377f0682002de218', '377f0683002de218'],
  };
  for (const name of SEALED_FILES)
    for (const hex of files[name]) expect(sealedOf(mediaOf(Buffer.from(`${hex}00000000`, 'hex'))), hex).toBe(name);
  expect(sealedOf('image/jpeg')).toBeNull();
  expect(sealedOf(null)).toBeNull();
});

test('incident: the memory of a program that broke down, mostly zeros, was a part of a message of which nothing was said', () => {
  const dump = Buffer.concat([
    Buffer.from('4d444d5093a700000a00000020000000', 'hex'),
    Buffer.alloc(6_000),
    Buffer.from('a word'),
    Buffer.alloc(2_000),
  ]);
  const head = '--b\r\ncontent-disposition: form-data; name="upload_file_minidump"; filename="a.dmp"\r\n\r\n';
  const body = Buffer.concat([Buffer.from(head), dump, Buffer.from('\r\n--b--\r\n')]);
  expect(decodeRequest(request({ body, type: 'multipart/form-data; boundary=b' })).opaque).toMatchObject([
    { path: 'body.multipart.upload_file_minidump', shape: ['minidump'] },
  ]);
});
