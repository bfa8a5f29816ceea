import { deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { beginsDocument } from '../../src/decode/picture-notes.js';
import { createKnownValues } from '../../src/detect/known-values.js';
import { limits } from '../../src/limits.js';
import { opened, request } from './sample.js';

const DOCUMENT = '{"imei":"860000000000001"}';

/** Chunks with a checksum that nobody looks at. */
function png(chunks: ReadonlyArray<readonly [name: string, data: string | Buffer]>, tail: string | Buffer = ''): Buffer {
  const chunk = (name: string, data: string | Buffer) => {
    const content = Buffer.from(data as Buffer);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(content.length);
    return Buffer.concat([size, Buffer.from(name, 'latin1'), content, Buffer.alloc(4)]);
  };
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.alloc(13)),
    ...chunks.map(([name, data]) => chunk(name, data)),
    chunk('IDAT', Buffer.alloc(20)),
    chunk('IEND', ''),
    Buffer.from(tail as Buffer),
  ]);
}

function jpeg(segments: ReadonlyArray<readonly [marker: number, data: string]>, tail: string | Buffer = ''): Buffer {
  const segment = ([marker, data]: readonly [number, string]) => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(Buffer.byteLength(data) + 2, 2);
    return Buffer.concat([head, Buffer.from(data)]);
  };
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...segments.map(segment),
    Buffer.from([0xff, 0xda, 0, 4, 1, 2, 3, 4, 0xff, 0, 9, 0xff, 0xd9]),
    Buffer.from(tail as Buffer),
  ]);
}

const imeis = (body: Buffer) => Object.values(opened(body, 'image/png')).filter((value) => value === '860000000000001').length;

// Incident: what an app put into the compressed comment of a picture, or compressed behind its end, was searched by nobody.
test('documents in chunks, comments and segments, and behind the end of the image', () => {
  const packed = deflateSync(DOCUMENT);
  for (const picture of [
    png([['tEXt', `d\0${DOCUMENT}`]]),
    png([['tEXt', `d\0${Buffer.from(DOCUMENT).toString('base64')}`]]),
    png([['zTXt', Buffer.concat([Buffer.from('Comment\0\0'), packed])]]),
    png([['iTXt', Buffer.concat([Buffer.from('Comment\0\x01\0\0\0'), packed])]]),
    png([['iTXt', `Comment\0\0\0\0\0${DOCUMENT}`]]),
    png([['prVt', packed]]),
    png([], DOCUMENT),
    png([], gzipSync(DOCUMENT)),
    jpeg([[0xfe, DOCUMENT]]),
    jpeg([[0xe4, DOCUMENT]]),
    jpeg([], gzipSync(DOCUMENT)),
  ])
    expect(imeis(picture), picture.toString('latin1')).toBe(1);
});

test('a known value in a compressed comment is found, whatever is written around it', () => {
  const known = createKnownValues({ values: { phone_number: ['13900000001'] }, salts: [], keys: [] }, []);
  const body = png([['zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync('taken by 13900000001')])]]);
  expect(known.find(decodeRequest(request({ type: 'image/png', body }))).map(({ dataType, grade }) => [dataType, grade])).toEqual([
    ['phone_number', 'confirmed'],
  ]);
});

test('names of programs, profiles and noise behind the end are no documents, and nothing is told of them', () => {
  const noise = Buffer.from(Array.from({ length: 400 }, (_, index) => (index * 7_919 + (index >> 3) * 31) & 255));
  for (const picture of [
    png([['tEXt', 'Software\0Some Program 2024']]),
    png([['zTXt', 'broken\0\0not zlib']]),
    jpeg([[0xfe, 'CREATOR: some program v1.0, quality = 90']], noise),
    png([], noise),
  ]) {
    const { fields, opaque } = decodeRequest(request({ type: 'image/png', body: picture }));
    expect(fields.filter(({ part }) => part === 'body').map(({ path }) => path)).toEqual(['body']);
    expect(opaque).toEqual([]);
  }
});

test('chunks beyond those that are looked at are told', () => {
  const chunk: readonly [string, Buffer] = ['zTXt', Buffer.from('a\0\0x\0\0\0', 'latin1')];
  const body = png(Array.from({ length: limits.exifEntries + 1 }, () => chunk));
  expect(decodeRequest(request({ type: 'image/png', body })).limits).toMatchObject([{ limit: 'exifEntries' }]);
});

test('beginsDocument', () => {
  expect(beginsDocument(Buffer.from(DOCUMENT))).toBe(true);
  expect(beginsDocument(Buffer.from('[1] a note'))).toBe(false);
  expect(beginsDocument(Buffer.from('{"'))).toBe(false);
});
