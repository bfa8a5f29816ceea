import { expect, test } from 'vitest';
import { PdfFile } from '../../../src/decode/pdf/file.js';
import { PageText } from '../../../src/decode/pdf/page-text.js';
import { Work } from '../../../src/decode/work.js';
import { type PdfPart, pdf } from '../pdf-sample.js';

function run(content: string, objects: Readonly<Record<number, string | PdfPart>> = {}, work = new Work()) {
  const file = new PdfFile(
    pdf({ 1: '<</Font <</F1 2 0 R>> /XObject <</X 3 0 R /Im 4 0 R>>>>', 2: '<</Subtype /Type1 /BaseFont /Helvetica>>', ...objects }),
    work,
    'body',
  );
  const page = new PageText(file, work, 'body', new Map());
  page.run(Buffer.from(content, 'latin1'), file.dictionary(file.objects.get(1)));
  return page;
}

test('the operators that show text', () => {
  expect(run(`BT /F1 10 Tf 14 TL 50 700 Td (one) Tj (two) ' 1 2 (three) " T* [(fo) -30 (ur)] TJ ET`).lines).toEqual([
    'one',
    'two',
    'three',
    'four',
  ]);
});

test('cv_kerned: a number in pieces, each moved a little, is one number', () => {
  expect(run('BT /F1 10 Tf 50 700 Td [(1) 20 (38) -15 (001) 8 (3) 3 (8000)] TJ ET').lines).toEqual(['13800138000']);
  expect(
    run('q 1 0 0 1 9 9 cm BT /F1 10 Tf 1 0 0 1 50 700 Tm (138) Tj ET Q q 1 0 0 1 9 9 cm BT /F1 10 Tf 66.7 700 Td <30303133> Tj ET Q').lines,
  ).toEqual(['1380013']);
});

test('columns stay apart', () => {
  expect(run('BT /F1 10 Tf 50 700 Td [(Phone) -2000 (138)] TJ ET BT /F1 10 Tf 50 680 Td (next) Tj ET').lines).toEqual([
    'Phone 138',
    'next',
  ]);
});

test('forms are read where they stand, and pictures measured', () => {
  const page = run('BT /F1 10 Tf 50 700 Td (a) Tj ET /X Do q 100 0 0 50 0 0 cm /Im Do Q', {
    3: { entries: '/Subtype /Form /Matrix [1 0 0 1 0 -20]', stream: 'BT /F1 10 Tf 50 700 Td (in a form) Tj ET' },
    4: { entries: '/Subtype /Image', stream: 'x' },
  });
  expect([page.lines, page.pictured, page.pictures.length, page.isCut]).toEqual([['a', 'in a form'], 5_000, 1, false]);
});

test('what a stretch says that it reads as', () => {
  const page = run('BT /F1 10 Tf 50 700 Td /Span <</ActualText (cv)>> BDC (xyz) Tj EMC /P <</MCID 1>> BDC (!) Tj EMC ET');
  expect([page.lines, page.lost]).toEqual([['cv!'], 0]);
});

test('characters of an unknown font are counted', () => {
  expect(run('BT /F9 10 Tf (abc) Tj ET').lost).toBe(3);
});

test('a picture within the page is no operators', () => {
  expect(run('BI /W 1 /H 1 ID (\x00 Tj EI BT /F1 10 Tf (a) Tj ET').lines).toEqual(['a']);
});

test('pdf_form_in_itself: a form that draws itself ten times over ends, and that is told', () => {
  const work = new Work();
  const page = run('/X Do', { 3: { entries: '/Subtype /Form', stream: '/X Do '.repeat(10) } }, work);
  expect(page.isCut).toBe(true);
  expect(work.hits.map(({ limit }) => limit)).toContain('decodeDepth');
});

test('pdf_long_reading: what stretches say that they read as is counted, however often a long one is named', () => {
  const work = new Work();
  const page = run(
    `BT /F1 10 Tf ${'/Span /P BDC (x) Tj EMC '.repeat(2_000)} ET`,
    { 1: '<</Font <</F1 2 0 R>> /Properties <</P <</ActualText 9 0 R>>>>>>', 9: `(${'a'.repeat(100_000)})` },
    work,
  );
  expect(page.isCut).toBe(true);
  expect(page.lines.join('').length).toBeLessThan(4_000_000);
  expect(work.hits.map(({ limit }) => limit)).toContain('decodeWork');
});
