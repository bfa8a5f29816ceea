import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDictionary, nameOf, PdfName, PdfReader, PdfRef, PdfWord } from '../../../src/decode/pdf/syntax.js';
import { limits } from '../../../src/limits.js';

const read = (text: string) => new PdfReader(Buffer.from(text, 'latin1')).next();

test('the objects of the standard', () => {
  expect(read('null')).toBe(null);
  expect(read(' true ')).toBe(true);
  expect(read('-.5')).toBe(-0.5);
  expect(read('(a\\(b\\)(c)\\101\\\n\\n)')).toEqual(Buffer.from('a(b)(c)A\n'));
  expect(read('<48 65 6C6>')).toEqual(Buffer.from('Hel`'));
  expect(nameOf(read('/Na#6De') as PdfName)).toBe('Name');
  expect(read('% a comment\n12 0 R')).toEqual(new PdfRef(12));
  expect(read('12 0 RG')).toBe(12);
  expect(read('[1 (b) /C]')).toEqual([1, Buffer.from('b'), new PdfName('C')]);
  expect(read('<</A 1 /B <</C [2 0 R]>>>>')).toEqual(
    new Map<string, unknown>([
      ['A', 1],
      ['B', new Map([['C', [new PdfRef(2)]]])],
    ]),
  );
  expect(read('endobj')).toEqual(new PdfWord('endobj'));
  expect(read('  ')).toBeUndefined();
});

test('what is broken ends where the next object begins', () => {
  const reader = new PdfReader(Buffer.from('<</A [1 2 endobj 3'));
  expect(isDictionary(reader.next())).toBe(true);
  expect(reader.next()).toEqual(new PdfWord('endobj'));
  expect(read('(never closed')).toEqual(Buffer.alloc(0));
  expect(read('['.repeat(limits.structDepth * 2))).toBeDefined();
});

test('whatever the bytes, reading ends, and behind the last of them', () => {
  const piece = fc.constantFrom('<<', '>>', '[', ']', '(', ')', '/A', '1 0 R', '<4', '>', 'obj', '\\', '%', '\n', '2', '{');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const bytes = Buffer.from(pieces.join(' '));
      const reader = new PdfReader(bytes);
      let count = 0;
      while (reader.next() !== undefined) count++;
      expect(count).toBeLessThanOrEqual(bytes.length);
      expect(reader.at).toBeGreaterThanOrEqual(bytes.length);
    }),
  );
});

test('pdf_unclosed_texts: texts that nobody closes are not looked through over and over', () => {
  const reader = new PdfReader(Buffer.from(`[${'('.repeat(200_000)}`));
  expect(reader.next()).toHaveLength(200_000);
  expect(reader.isSpent).toBe(true);
  expect(reader.vain).toBeLessThan(2_000_000);
});
