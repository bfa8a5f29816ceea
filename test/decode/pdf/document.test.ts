import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeBytes } from '../../../src/decode/index.js';
import { onePage, type PdfPart, pdf, toUnicode } from '../pdf-sample.js';
import { values } from '../sample.js';

const read = (objects: Readonly<Record<number, string | PdfPart>>) => decodeBytes(pdf(objects), 'body');
const found = (objects: Readonly<Record<number, string | PdfPart>>) => values(read(objects));
const told = (objects: Readonly<Record<number, string | PdfPart>>) =>
  read(objects).opaque.map(({ path, shape }) => `${path} ${shape.join(' ')}`);
const text = (content: string) => `BT /F1 10 Tf 50 700 Td ${content} Tj ET`;

test('what a document says of itself', () => {
  expect(
    found({
      1: '<</Author <FEFF5F204E09> /Title (CV) /Creator (Writer)>>',
      2: { entries: '/Type /Metadata /Subtype /XML', stream: '<a><b>c</b></a>' },
    }),
  ).toMatchObject({
    'body|pdf.info.Author': '张三',
    'body|pdf.info.Title': 'CV',
    'body|pdf.metadata|xml.a.b': 'c',
  });
});

test('what was filled in, under its whole name', () => {
  expect(
    found({
      1: '<</T (person) /Kids [2 0 R]>>',
      2: '<</FT /Tx /T (phone) /Parent 1 0 R /V (13800138000)>>',
      3: '<</FT /Ch /T (langs) /V [(zh) /en]>>',
      4: { entries: '', stream: '<form><name>Li</name></form>' },
      5: '<</XFA [(datasets) 4 0 R]>>',
    }),
  ).toMatchObject({
    'body|pdf.form["person.phone"]': '13800138000',
    'body|pdf.form.langs': 'en',
    'body|pdf.xfa[4]|xml.form.name': 'Li',
  });
});

test('notes, links, bookmarks and attached files', () => {
  expect(
    found({
      1: '<</Subtype /Text /T (Li Lei) /Contents (call me)>>',
      2: '<</Subtype /Link /A <</S /URI /URI (tel:13800138000)>>>>',
      3: '<</Title (Chapter) /Parent 9 0 R>>',
      4: { entries: '/Type /EmbeddedFile', stream: '{"imei":"860000000000001"}' },
    }),
  ).toMatchObject({
    'body|pdf.object[1].T': 'Li Lei',
    'body|pdf.object[1].Contents': 'call me',
    'body|pdf.object[2].URI': 'tel:13800138000',
    'body|pdf.object[3].Title': 'Chapter',
    'body|pdf.file[4]|json$.imei': '860000000000001',
  });
});

test('the text of a page, packed, with a map of its characters', () => {
  const objects = onePage({ entries: '/Filter /FlateDecode', stream: deflateSync(Buffer.from(text('<00070008>'))) }, [
    '/Type0 /Encoding /Identity-H /ToUnicode 20 0 R',
  ]);
  const whole = { ...objects, 20: toUnicode({ '0007': '张', '0008': '三' }) };
  expect(found(whole)).toMatchObject({ 'body|pdf.page[0].text[0]': '张三' });
  expect(told(whole)).toEqual([]);
});

test('characters, streams and pictures that nobody can read are told, each with its place', () => {
  expect(told(onePage(text('<0007>'), ['/Type0 /Encoding /Identity-H']))).toEqual(['body|pdf.page[0].characters unmapped-characters pdf']);
  expect(told(onePage({ entries: '/Filter /JBIG2Decode', stream: 'x' }))).toEqual([
    'body|pdf.page[0].part unread-part pdf',
    'body|pdf.object[4] unread-part pdf',
  ]);
  expect(told({ ...onePage(text('(a)')), 9: { entries: '', stream: 'BT (of nobody) Tj ET' } })).toEqual([
    'body|pdf.object[9] unread-part pdf',
  ]);
  const scan = {
    ...onePage('q 600 0 0 800 0 0 cm /Im Do Q'),
    3: '<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</XObject <</Im 9 0 R>>>>>>',
    9: { entries: '/Subtype /Image /Filter /DCTDecode', stream: '\xff\xd8\xff' },
  };
  expect(told(scan)).toEqual(['body|pdf.page[0].picture picture pdf']);
  expect(told({ ...scan, 4: { entries: '', stream: 'q 60 0 0 80 0 0 cm /Im Do Q' } })).toEqual(['body|pdf.page[0].picture picture pdf']);
  expect(told(onePage('0 0 m 9 9 l 0 9 l f'))).toEqual(['body|pdf.page[0].picture picture pdf']);
  expect(told(onePage(`0 0 m 9 9 l S ${text('(a)')}`))).toEqual([]);
  expect(told(onePage('q Q'))).toEqual([]);
});

test('how a note looks is read as well', () => {
  const note = { entries: '/Subtype /Form /Resources <</Font <</F1 10 0 R>>>>', stream: text('(in a note)') };
  expect(found({ ...onePage(text('(a)')), 9: note })).toMatchObject({ 'body|pdf.object[9].text[0]': 'in a note' });
});
