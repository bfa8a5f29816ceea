import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCMap } from '../../../src/decode/pdf/cmap.js';

test('single characters, ranges, lists and names', () => {
  const map = readCMap(
    Buffer.from(`1 begincodespacerange <00> <80> <8140> <FEFE> endcodespacerange
2 beginbfchar <01> <5F20> <02> <00660069> endbfchar 1 beginbfchar <03> /seven endbfchar
2 beginbfrange <10> <12> <0030> <20> <22> [<4E00> <4E8C> <4E09>] endbfrange`),
  );
  expect([1, 2, 3, 0x10, 0x12, 0x20, 0x22].map((code) => map.text(code))).toEqual(['张', 'fi', '7', '0', '2', '一', '三']);
  expect([0, 4, 0x13, 0x23].map((code) => map.text(code))).toEqual([null, null, null, null]);
  expect([map.lengthOf(Buffer.from('418140', 'hex'), 0), map.lengthOf(Buffer.from('418140', 'hex'), 1)]).toEqual([1, 2]);
  expect(map.lengthOf(Buffer.from('ff', 'hex'), 0)).toBe(null);
});

test('pdf_endless_range: a range of four thousand million codes costs nothing', () => {
  expect(readCMap(Buffer.from('beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange')).text(2)).toBe('C');
});

test('damaged maps say nothing of what they do not hold', () => {
  const word = fc.constantFrom(
    'beginbfrange',
    'endbfrange',
    'endbfchar',
    'endcodespacerange',
    '<00>',
    '<0041>',
    '<>',
    '[',
    ']',
    '1',
    '(',
    '/a',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 30 }), (words) => {
      expect(() => readCMap(Buffer.from(words.join(' '))).text(0)).not.toThrow();
    }),
  );
});

test('pdf_many_code_spaces: of ranges that tell the length of codes some are enough', () => {
  const map = readCMap(Buffer.from(`begincodespacerange ${'<ffff> <ffff> '.repeat(100)} <00> <7f> endcodespacerange`));
  expect(map.lengthOf(Buffer.from([0x20]), 0)).toBe(null);
  expect(map.lengthOf(Buffer.from([0xff, 0xff]), 0)).toBe(2);
});
