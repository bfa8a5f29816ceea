import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paragraphsOf } from '../../../src/decode/office/paragraphs.js';
import { limits } from '../../../src/limits.js';

test('pieces of a paragraph, breaks, tabs and frames of text', () => {
  expect(
    paragraphsOf(
      '<b><w:p><w:r><w:t>138</w:t></w:r><w:r><w:t>0013</w:t><w:br/><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r></w:p><a:p><x><a:p>in</a:p></x>out</a:p> no </b>',
    ).lines,
  ).toEqual(['1380013', 'a b', 'in', 'out']);
  expect(paragraphsOf('<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:t>1</w:t></w:p>').lines).toEqual(['1']);
});

test('however a text is cut into runs, it is one line', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[0-9a-z一-龥]{1,5}$/), { minLength: 1, maxLength: 8 }), (pieces) => {
      const xml = `<w:p>${pieces.map((piece) => `<w:r><w:rPr/><w:t>${piece}</w:t></w:r>`).join('<w:proofErr/>')}</w:p>`;
      expect(paragraphsOf(xml)).toEqual({ lines: [pieces.join('')], isWhole: true });
    }),
  );
});

test('broken, cut and endlessly nested documents say so, with what there is', () => {
  expect(paragraphsOf('<p>a</p><p>b<')).toEqual({ lines: ['a', 'b'], isWhole: false });
  expect(paragraphsOf('<p>'.repeat(limits.jsonDepth + 1)).isWhole).toBe(false);
});
