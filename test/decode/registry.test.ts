import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decoderIds, decodersForEncoding, decodersForMagic, decodersForMime, decodersForShape } from '../../src/decode/registry.js';
import { SHAPE } from '../../src/decode/shape.js';

test('every file under formats/ is a decoder that is asked', () => {
  const files = readdirSync(new URL('../../src/decode/formats/', import.meta.url)).map((file) => file.replace(/\.ts$/, ''));
  expect([...decoderIds()].sort()).toEqual(files.sort());
});

test('asked in order of certainty', () => {
  const ids = decodersForShape(SHAPE.pairs | SHAPE.percent | SHAPE.brace).map((decoder) => decoder.id);
  expect(ids.indexOf('json')).toBeLessThan(ids.indexOf('form'));
  expect(ids.indexOf('form')).toBeLessThan(ids.indexOf('percent'));
});

test('by content type, content-encoding and magic number', () => {
  expect(decodersForMime('application/json').map((decoder) => decoder.id)).toEqual(['json']);
  expect(decodersForMime('')).toEqual([]);
  expect(decodersForEncoding('deflate').map((decoder) => decoder.id)).toEqual(['deflate', 'rawdeflate']);
  expect(decodersForEncoding('identity')).toEqual([]);
  expect(decodersForMagic(Buffer.from('bplist00'.padEnd(60, '\0'))).map((decoder) => decoder.id)).toEqual(['bplist']);
});
