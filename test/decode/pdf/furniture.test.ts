import { expect, test } from 'vitest';
import { PdfFile } from '../../../src/decode/pdf/file.js';
import { settleFurniture } from '../../../src/decode/pdf/furniture.js';
import { Work } from '../../../src/decode/work.js';
import { pdf } from '../pdf-sample.js';

test('programs of fonts, colours, masks, glyphs and pictures hold nothing to be read; other streams do', () => {
  const stream = (entries = '') => ({ entries, stream: 'x' });
  const file = new PdfFile(
    pdf({
      1: '<</FontFile2 11 0 R /CharProcs <</a 12 0 R>> /ColorSpace [/Indexed [/ICCBased 13 0 R] 1 14 0 R] /Function [15 0 R]>>',
      11: stream(),
      12: stream(),
      13: stream(),
      14: stream(),
      15: stream(),
      16: stream('/Subtype /Image'),
      17: stream('/Type /XRef'),
      18: stream('/FunctionType 4'),
      19: stream(),
    }),
    new Work(),
    'body',
  );
  settleFurniture(file);
  expect([...file.streams.values()].filter((each) => !file.settled.has(each)).map(({ number }) => number)).toEqual([19]);
});
