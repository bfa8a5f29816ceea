import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { PdfFile } from '../../../src/decode/pdf/file.js';
import { PdfRef } from '../../../src/decode/pdf/syntax.js';
import { Work } from '../../../src/decode/work.js';
import { limits } from '../../../src/limits.js';
import { pdf } from '../pdf-sample.js';

const read = (bytes: Buffer, work = new Work()) => new PdfFile(bytes, work, 'body');

test('objects without a table of them, in the file and packed', () => {
  const packed = deflateSync(Buffer.from('7 0 8 4 (ab)[1 2]'));
  const file = read(pdf({ 1: '<</A 7 0 R>>', 5: { entries: '/Type /ObjStm /N 2 /First 8 /Filter /FlateDecode', stream: packed } }));
  expect(file.get(file.dictionary(new PdfRef(1))?.get('A'))).toEqual(Buffer.from('ab'));
  expect(file.list(new PdfRef(8))).toEqual([1, 2]);
});

test('the later of two objects holds, and the stream that was replaced is kept', () => {
  const file = read(Buffer.concat([pdf({ 4: { entries: '', stream: 'old' } }), pdf({ 4: { entries: '', stream: 'new' } })]));
  expect(file.content(file.stream(new PdfRef(4))!)?.toString()).toBe('new');
  expect(file.replaced.map(({ raw }) => raw.toString())).toEqual(['old']);
});

test('a length that lies, and one that stands elsewhere', () => {
  for (const length of ['999999', '1', '-4', '9 0 R'])
    expect(
      read(Buffer.from(`%PDF-1.4\n4 0 obj<</Length ${length}>>stream\r\nabcdef\nendstream endobj`))
        .streams.get(4)
        ?.raw.toString()
        .trim(),
    ).toBe('abcdef');
});

test('an object within a stream is none', () => {
  const file = read(pdf({ 4: { entries: '', stream: '9 0 obj (no) endobj' } }));
  expect(file.get(new PdfRef(9))).toBe(null);
});

test('rings of references end', () => {
  expect(read(pdf({ 1: '2 0 R', 2: '1 0 R' })).get(new PdfRef(1))).toBe(null);
});

test('pdf_many_objects: so many are read, and the rest is told', () => {
  const objects = Array.from({ length: limits.pdfObjects + 10 }, (_, index) => `${index + 1} 0 obj 1 endobj`).join('\n');
  const work = new Work();
  expect(read(Buffer.from(objects), work).objects.size).toBe(limits.pdfObjects);
  expect(work.hits).toMatchObject([{ limit: 'pdfObjects' }]);
});

test('pdf_overlapping_objects: packed objects that all begin at one place cost work', () => {
  const big = `[${'1 '.repeat(1 << 19)}]`;
  const table = Array.from({ length: 2_000 }, (_, index) => `${index + 10} 0`).join(' ');
  const stream = deflateSync(Buffer.from(`${table} ${big}`));
  const work = new Work();
  read(pdf({ 5: { entries: `/Type /ObjStm /First ${table.length + 1} /Filter /FlateDecode`, stream } }), work);
  expect(work.hits.map(({ limit }) => limit)).toContain('decodeWork');
});

test('pdf_shared_list: a list and a text that any number of objects refer to are counted each time', () => {
  const work = new Work();
  const file = read(pdf({ 1: `[${'1 '.repeat(20_000)}]`, 2: `(${'a'.repeat(20_000)})` }), work);
  const walked = (value: () => unknown) =>
    Array.from({ length: 2_000 }, value).filter((each) => Array.isArray(each) && each.length > 0).length;
  expect(file.text(new PdfRef(2))).toHaveLength(20_000);
  expect(walked(() => file.list(new PdfRef(1)))).toBeLessThan(100);
  expect(file.text(new PdfRef(2))).toBe(null);
  expect(work.hits.map(({ limit }) => limit)).toEqual(['decodeWork']);
});
