/**
 * The Huffman code of HPACK (RFC 7541 section 5.2 and Appendix B). The code is canonical, so the lengths alone define it: 256 bytes and the
 * end-of-string symbol, in order.
 */
const LENGTHS = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28, 6, 10, 10,
  12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
  7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7,
  7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22,
  23, 23, 24, 22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22,
  23, 26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, 20,
  24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, 30,
];
const EOS = 256;
const LONGEST = 30;

/** Symbols by code length, then by value; and for each length its first code and where its symbols begin. */
const SYMBOLS = LENGTHS.map((_, symbol) => symbol).sort((a, b) => (LENGTHS[a] ?? 0) - (LENGTHS[b] ?? 0) || a - b);
const FIRST: number[] = [];
const COUNT: number[] = [];
const OFFSET: number[] = [];
{
  let code = 0;
  let offset = 0;
  for (let length = 0; length <= LONGEST; length++) {
    code *= 2;
    const count = LENGTHS.filter((own) => own === length).length;
    FIRST[length] = code;
    COUNT[length] = count;
    OFFSET[length] = offset;
    code += count;
    offset += count;
  }
}

/** Code and length of a symbol, for encoders in tests. */
export function huffmanCode(symbol: number): { readonly code: number; readonly length: number } {
  const length = LENGTHS[symbol] ?? 0;
  return { code: (FIRST[length] ?? 0) + SYMBOLS.indexOf(symbol) - (OFFSET[length] ?? 0), length };
}

/**
 * Decodes a Huffman string to latin1 text.
 * @returns null for what RFC 7541 section 5.2 calls an error: an end-of-string symbol inside, or padding that is longer than 7 bits or not
 *   made of ones.
 */
export function huffmanDecode(bytes: Uint8Array): string | null {
  const out = new Uint8Array(Math.floor((bytes.length * 8) / 5));
  let written = 0;
  let code = 0;
  let length = 0;
  for (const byte of bytes)
    for (let bit = 7; bit >= 0; bit--) {
      code = code * 2 + ((byte >> bit) & 1);
      length++;
      const index = code - (FIRST[length] ?? 0);
      if (index >= (COUNT[length] ?? 0)) {
        if (length >= LONGEST) return null;
        continue;
      }
      const symbol = SYMBOLS[(OFFSET[length] ?? 0) + index] ?? EOS;
      if (symbol === EOS) return null;
      out[written++] = symbol;
      code = 0;
      length = 0;
    }
  if (length > 7 || code !== 2 ** length - 1) return null;
  return Buffer.from(out.buffer, 0, written).toString('latin1');
}
