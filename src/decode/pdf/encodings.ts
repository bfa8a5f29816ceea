/** One character for each byte of a simple font; '' where it has none. */
export type ByteEncoding = readonly string[];

function ofCharset(charset: string): ByteEncoding {
  const decoder = new TextDecoder(charset);
  return Array.from({ length: 256 }, (_, byte) => (byte < 0x20 ? '' : decoder.decode(Uint8Array.of(byte))));
}

/** Not by `TextDecoder`: that of Node 20 reads windows-1252 as Latin-1. */
const WINDOWS_HIGH = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';
const WINDOWS: ByteEncoding = ofCharset('latin1').map((char, byte) =>
  byte < 0x80 || byte >= 0xa0 ? char : WINDOWS_HIGH[byte - 0x80]!.trim(),
);

/** Upper half of Adobe's standard encoding (ISO 32000-1, annex D.2), from 0xa1; a space where there is none. */
const STANDARD_HIGH = "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ –†‡· ¶•‚„”»…‰ ¿ `´ˆ˜¯˘˙¨ ˚¸ ˝˛ˇ—                Æ ª    ŁØŒº     æ   ı  łøœß";

const STANDARD: ByteEncoding = WINDOWS.map((char, byte) => {
  if (byte === 0x27) return '’';
  if (byte === 0x60) return '‘';
  return byte < 0x7f ? char : (STANDARD_HIGH[byte - 0xa1] ?? '').trim();
});

/** The encodings that a font names (table D.1). */
export const ENCODINGS: Readonly<Record<string, ByteEncoding>> = {
  WinAnsiEncoding: WINDOWS,
  MacRomanEncoding: ofCharset('macintosh'),
  StandardEncoding: STANDARD,
};

/** Names of the characters that have one which is not themselves (Adobe Glyph List): of ASCII, of Latin-1 and of the punctuation of word processors. */
const NAMES = new Map<string, string>();
const LISTED = `exclam ! quotedbl " numbersign # dollar $ percent % ampersand & quotesingle ' parenleft ( parenright ) asterisk * plus + comma ,
hyphen - period . slash / zero 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 colon : semicolon ; less < equal = greater > question ?
at @ bracketleft [ backslash \\ bracketright ] asciicircum ^ underscore _ grave \` braceleft { bar | braceright } asciitilde ~ quoteleft ‘ quoteright ’
quotedblleft “ quotedblright ” quotedblbase „ quotesinglbase ‚ bullet • endash – emdash — ellipsis … dagger † daggerdbl ‡ perthousand ‰ minus − fraction ⁄
guilsinglleft ‹ guilsinglright › guillemotleft « guillemotright » exclamdown ¡ questiondown ¿ cent ¢ sterling £ currency ¤ yen ¥ Euro € section §
copyright © registered ® trademark ™ degree ° plusminus ± multiply × divide ÷ mu µ paragraph ¶ periodcentered · onehalf ½ onequarter ¼ threequarters ¾
fi ﬁ fl ﬂ ff ﬀ ffi ﬃ ffl ﬄ germandbls ß dotlessi ı AE Æ ae æ OE Œ oe œ Oslash Ø oslash ø Lslash Ł lslash ł Eth Ð eth ð Thorn Þ thorn þ
ordfeminine ª ordmasculine º acute ´ dieresis ¨ cedilla ¸ circumflex ˆ tilde ˜ macron ¯ nbspace \u00a0`;
const WORDS = LISTED.split(/[ \n]/);
NAMES.set('space', ' ');
for (let i = 0; i + 1 < WORDS.length; i += 2) NAMES.set(WORDS[i]!, WORDS[i + 1]!);
const ACCENTS: Readonly<Record<string, string>> = {
  grave: '\u0300',
  acute: '\u0301',
  circumflex: '\u0302',
  tilde: '\u0303',
  dieresis: '\u0308',
  ring: '\u030a',
  cedilla: '\u0327',
  caron: '\u030c',
};

function ofCode(hex: string): string | null {
  const code = Number.parseInt(hex, 16);
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : null;
}

/**
 * The character that a name of a glyph stands for: `A`, `seven`, `eacute`, `uni5F20`, `u1F600`, each perhaps with a variant behind a dot. null: a number or a name of the font's own.
 */
export function glyphText(name: string): string | null {
  const plain = name.split('.', 1).join('');
  if (plain.length === 1) return plain;
  const known = NAMES.get(plain);
  if (known !== undefined) return known;
  const unit = /^uni((?:[0-9A-F]{4}){1,8})$/.exec(plain)?.[1];
  if (unit !== undefined) return (unit.match(/.{4}/g) ?? []).map((hex) => ofCode(hex) ?? '').join('') || null;
  const code = /^u([0-9A-F]{4,6})$/.exec(plain)?.[1];
  if (code !== undefined) return ofCode(code);
  const accent = ACCENTS[plain.slice(1)];
  return accent === undefined || !/^[A-Za-z]/.test(plain) ? null : `${plain[0]}${accent}`.normalize('NFC');
}
