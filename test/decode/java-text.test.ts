import fc from 'fast-check';
import { expect, test } from 'vitest';
import { standardUtf8 } from '../../src/decode/java-text.js';

/** Every unit of UTF-16 by itself, as `DataOutputStream.writeUTF` writes them. */
function written(text: string): Buffer {
  return Buffer.concat(
    text.split('').map((unit) => {
      const code = unit.charCodeAt(0);
      return code < 0xd800 || code > 0xdfff
        ? Buffer.from(unit)
        : Buffer.from([0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)]);
    }),
  );
}

test('whatever Java wrote in halves is whole again', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('😀', '𠮷', '한', '퟿', 'a')) }), (text) => {
      expect(standardUtf8(written(text)).toString('utf8')).toBe(text);
    }),
  );
});

test('what is no pair stays as it is', () => {
  for (const hex of ['eda0bd', 'eda0bd61', 'edb880eda0bd', 'ed959c', 'ed'])
    expect(standardUtf8(Buffer.from(hex, 'hex')).toString('hex')).toBe(hex);
});
