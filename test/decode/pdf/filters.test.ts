import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unfilter } from '../../../src/decode/pdf/filters.js';
import { type PdfDictionary, PdfReader } from '../../../src/decode/pdf/syntax.js';
import { Work } from '../../../src/decode/work.js';

const run = (entries: string, raw: Uint8Array | string, work = new Work()) =>
  unfilter(new PdfReader(Buffer.from(`<<${entries}>>`)).next() as PdfDictionary, Buffer.from(raw), (value) => value ?? null, work, 'body')
    ?.bytes ?? null;

/** By hand after 7.4.3. */
function ascii85(bytes: Buffer): string {
  let out = '';
  for (let at = 0; at < bytes.length; at += 4) {
    const piece = Buffer.alloc(4);
    const count = bytes.copy(piece, 0, at, at + 4);
    let value = piece.readUInt32BE();
    let digits = '';
    for (let i = 0; i < 5; i++, value = Math.floor(value / 85)) digits = String.fromCharCode(33 + (value % 85)) + digits;
    out += count === 4 && digits === '!!!!!' ? 'z' : digits.slice(0, count + 1);
  }
  return `${out}~>`;
}

test('what the filters made is undone, whatever it was', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (content) => {
      const bytes = Buffer.from(content);
      expect(run('', bytes)).toEqual(bytes);
      expect(run('/Filter /ASCIIHexDecode', `${bytes.toString('hex')}>`)).toEqual(bytes);
      expect(run('/Filter /ASCII85Decode', ascii85(bytes))).toEqual(bytes);
      expect(run('/Filter [/A85 /FlateDecode]', ascii85(deflateSync(bytes)))).toEqual(bytes);
    }),
  );
});

test('predictors of PNG', () => {
  const rows = [
    [0, 10, 20, 30],
    [1, 10, 10, 10],
    [2, 1, 1, 1],
    [3, 5, 5, 5],
    [4, 1, 1, 1],
  ];
  const given = deflateSync(Buffer.from(rows.flat()));
  expect(run('/Filter /FlateDecode /DecodeParms <</Predictor 15 /Columns 3>>', given)).toEqual(
    Buffer.from([10, 20, 30, 10, 20, 30, 11, 21, 31, 10, 20, 30, 11, 21, 31]),
  );
  expect(run('/Filter /FlateDecode /DecodeParms <</Predictor 2 /Columns 3>>', given)).toBe(null);
});

test('pictures, ciphers and a fifth filter are not read; a damaged end is', () => {
  expect(run('/Filter /DCTDecode', 'x')).toBe(null);
  expect(run('/Filter /FlateDecode', 'no zlib')).toBe(null);
  expect(run('/Filter [/AHx /AHx /AHx /AHx /AHx]', '3e')).toBe(null);
  const cut = deflateSync(Buffer.from('a text that is long enough '.repeat(20))).subarray(0, -6);
  expect(run('/Filter /Fl', cut)?.toString()).toContain('long enough');
});

test('pdf_bomb: a stream of gigabytes ends at the bound, which is told', () => {
  const work = new Work();
  const bomb = deflateSync(Buffer.alloc(1 << 24));
  expect(run('/Filter /FlateDecode', bomb, work)!.length).toBeLessThan(bomb.length * 201 + 65_536);
  expect(work.hits).toMatchObject([{ limit: 'decodeRatio' }]);
});
