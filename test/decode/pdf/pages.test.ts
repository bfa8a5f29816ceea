import { expect, test } from 'vitest';
import { PdfFile } from '../../../src/decode/pdf/file.js';
import { pagesOf } from '../../../src/decode/pdf/pages.js';
import { Work } from '../../../src/decode/work.js';
import { pdf } from '../pdf-sample.js';

const contents = (objects: Parameters<typeof pdf>[0]) =>
  pagesOf(new PdfFile(pdf(objects), new Work(), 'body')).map((page) => page.contents.map(({ raw }) => raw.toString()).join('+'));

const streams = { 7: { entries: '', stream: 'a' }, 8: { entries: '', stream: 'b' }, 9: { entries: '', stream: 'c' } };

test('in the order of the tree, with what each has from above', () => {
  const objects = {
    1: '<</Type /Catalog /Pages 2 0 R>>',
    2: '<</Kids [5 0 R 3 0 R] /MediaBox [0 0 100 50] /Resources <</X 1>>>>',
    3: '<</Type /Page /Parent 2 0 R /Contents 7 0 R>>',
    5: '<</Type /Page /Parent 2 0 R /Contents [8 0 R 9 0 R] /MediaBox [0 0 10 10]>>',
    ...streams,
  };
  expect(contents(objects)).toEqual(['b+c', 'a']);
  const [first, second] = pagesOf(new PdfFile(pdf(objects), new Work(), 'body'));
  expect([first?.area, second?.area, second?.resources?.get('X')]).toEqual([100, 5_000, 1]);
});

test('pages that no tree leads to, and a tree that is a ring', () => {
  const pages = { 3: '<</Type /Page /Contents 7 0 R>>', 4: '<</Type /Page /Contents 8 0 R>>' };
  expect(contents({ ...pages, ...streams })).toEqual(['a', 'b']);
  expect(
    contents({ 1: '<</Type /Catalog /Pages 2 0 R>>', 2: '<</Kids [2 0 R 4 0 R 4 0 R 2 0 R] /Parent 2 0 R>>', ...pages, ...streams }),
  ).toEqual(['b', 'a']);
});
