/** Characters of PDFDocEncoding that are not those of Latin-1 (ISO 32000-1, table D.2): 0x18 to 0x1f and 0x80 to 0xa0. */
const LOW = '˘ˇˆ˙˝˛˚˜';
const HIGH = '•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\ufffd€';

/** UTF-16 in the order of the network, to its last whole unit. */
export function utf16be(bytes: Buffer): string {
  return Buffer.from(bytes.subarray(0, bytes.length & ~1))
    .swap16()
    .toString('utf16le');
}

/** A text string (7.9.2.2): UTF-16 or UTF-8 by its mark, and PDFDocEncoding. Marks of the language within it are left out. */
export function textString(bytes: Buffer): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16be(bytes.subarray(2)).replace(/\u001b[^\u001b]{0,8}\u001b/g, '');
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.toString('utf8', 3);
  return bytes
    .toString('latin1')
    .replace(/[\x18-\x1f\x80-\xa0]/g, (char) => (char < ' ' ? LOW[char.charCodeAt(0) - 0x18]! : HIGH[char.charCodeAt(0) - 0x80]!));
}

/**
 * Characters that fonts give in place of those that people write: radicals of dictionaries for the ideographs that look the same, and ligatures. They are read as
 * Unicode's compatibility mapping says (NFKC).
 */
export function plainText(text: string): string {
  return text.replace(/[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]/g, (char) => char.normalize('NFKC'));
}
