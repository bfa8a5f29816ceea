import { expect, test } from 'vitest';
import { PdfFile } from '../../../src/decode/pdf/file.js';
import { readFont } from '../../../src/decode/pdf/font.js';
import { PdfRef } from '../../../src/decode/pdf/syntax.js';
import { Work } from '../../../src/decode/work.js';
import { type PdfPart, pdf, toUnicode } from '../pdf-sample.js';

function fontOf(font: string, others: Readonly<Record<number, string | PdfPart>> = {}) {
  const file = new PdfFile(pdf({ 1: `<</Type /Font ${font}>>`, ...others }), new Work(), 'body');
  return readFont(file, file.dictionary(new PdfRef(1))!, new Work(), 'body');
}
const text = (font: ReturnType<typeof fontOf>, hex: string) =>
  font
    .glyphs(Buffer.from(hex, 'hex'))
    .map((glyph) => glyph.text ?? '?')
    .join('');

test('fonts of one byte: by the name of an encoding, with differences, with a map', () => {
  expect(text(fontOf('/Subtype /TrueType /Encoding /WinAnsiEncoding'), '48e980')).toBe('Hé€');
  expect(text(fontOf('/Subtype /Type1 /Encoding <</Differences [1 /one /two 65 /uni5F20]>>'), '01024142')).toBe('12张B');
  expect(
    text(fontOf('/Subtype /Type1 /ToUnicode 2 0 R', { 2: { entries: '', stream: 'beginbfchar <41> <5F20> endbfchar' } }), '4142'),
  ).toBe('张B');
});

test('a font that keeps its characters to itself is told; symbols are not', () => {
  const own = '/Subtype /TrueType /FontDescriptor <</Flags 4>>';
  expect(text(fontOf(own), '4142')).toBe('??');
  expect(text(fontOf(`${own} /BaseFont /Wingdings`), '4142')).toBe('');
  expect(text(fontOf('/Subtype /Type0 /Encoding /Identity-H'), '00410042')).toBe('??');
});

test('composite fonts: two bytes with a map, and the charsets of Chinese programs', () => {
  const identity = fontOf('/Subtype /Type0 /Encoding /Identity-H /ToUnicode 2 0 R', { 2: toUnicode({ '0007': '张', '0008': '三' }) });
  expect(text(identity, '00070008')).toBe('张三');
  expect(text(fontOf('/Subtype /Type0 /Encoding /UniGB-UCS2-H'), '5f204e0900310033')).toBe('张三13');
  expect(text(fontOf('/Subtype /Type0 /Encoding /GBK-EUC-H'), 'd5c5c8fd3133')).toBe('张三13');
  expect(text(fontOf('/Subtype /Type0 /Encoding /UniCNS-UTF16-V'), '4e09')).toBe('三');
  expect(fontOf('/Subtype /Type0 /Encoding /Identity-V').isVertical).toBe(true);
});

test('codes as long as the font’s own map says', () => {
  const font = fontOf('/Subtype /Type0 /Encoding 2 0 R /ToUnicode 3 0 R', {
    2: { entries: '', stream: 'begincodespacerange <00> <80> <8140> <FEFE> endcodespacerange' },
    3: { entries: '', stream: 'beginbfchar <41> <0041> <8140> <5F20> endbfchar' },
  });
  expect(text(font, '41814041')).toBe('A张A');
});

test('widths of listed codes and of ranges', () => {
  const widths = (font: ReturnType<typeof fontOf>, hex: string) => font.glyphs(Buffer.from(hex, 'hex')).map(({ width }) => width);
  expect(widths(fontOf('/Subtype /Type1 /FirstChar 65 /Widths [600 700]'), '414243')).toEqual([600, 700, 500]);
  expect(
    widths(fontOf('/Subtype /Type0 /Encoding /Identity-H /DescendantFonts [<</DW 900 /W [1 [100 200] 7 8 300]>>]'), '00010002000700080009'),
  ).toEqual([100, 200, 300, 300, 900]);
});

test('pdf_endless_widths: a range of widths ends at the codes that there are', () => {
  expect(
    fontOf('/Subtype /Type0 /Encoding /Identity-H /DescendantFonts [<</W [0 4000000000 300]>>]').glyphs(Buffer.from([0, 1])),
  ).toHaveLength(1);
});
