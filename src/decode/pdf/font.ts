import type { Work } from '../work.js';
import { type CMap, readCMap } from './cmap.js';
import { type ByteEncoding, ENCODINGS, glyphText } from './encodings.js';
import type { PdfFile } from './file.js';
import { nameOf, type PdfDictionary, PdfName } from './syntax.js';

/** One shown character. */
export interface Glyph {
  /** null: nobody can tell what it stands for. */
  readonly text: string | null;
  /** In thousandths of the font's size. */
  readonly width: number;
  /** The one-byte code 32, to which the spacing of words applies. */
  readonly isSpace: boolean;
}

export interface Font {
  glyphs(shown: Buffer): readonly Glyph[];
  readonly isVertical: boolean;
}

/** Charsets whose codes are those of a predefined CMap (ISO 32000-1, table 118), by how its name begins. */
const CHARSETS: ReadonlyArray<readonly [RegExp, string]> = [
  [/^Uni\w+-UTF8/, 'utf-8'],
  [/^Uni\w+-(?:UCS2|UTF16)/, 'utf-16be'],
  [/^GB/, 'gb18030'],
  [/^(?:B5|ETen|HKscs)/, 'big5'],
  [/^(?:90ms|90msp|90pv|83pv|Ext-RKSJ|Add-RKSJ)/, 'shift_jis'],
  [/^KSC/, 'euc-kr'],
];

/** Fonts of pictures, whose characters nobody reads. */
const PICTURES = /symbol|dingbat|awesome|icon|wingding|webding/i;
/** Bit 3 of a font's flags: its characters are not those of the standard Latin set (table 123). */
const SYMBOLIC = 4;
const FULL_WIDTH = 1_000;
const HALF_WIDTH = 500;
/** Width of figures in the fonts that a reader brings with it. */
const STANDARD_WIDTHS: ReadonlyArray<readonly [RegExp, number]> = [
  [/courier|mono/i, 600],
  [/helvetica|arial/i, 556],
];
/** What reading a byte of a map costs, in bytes read. */
const CMAP_COST = 24;
/** Codes listed in the widths of one font; a code has two bytes. */
const MOST_WIDTHS = 65_536;

/** Widths of the characters of a composite font (9.7.4.3): `first [w ...]` or `first last w`. */
function compositeWidths(file: PdfFile, descendant: PdfDictionary | null, work: Work, path: string): (code: number) => number {
  const widths = new Map<number, number>();
  const list = file.list(descendant?.get('W'));
  const usual = file.get(descendant?.get('DW'));
  for (let i = 0; i + 1 < list.length; ) {
    const first = file.get(list[i]);
    const second = file.get(list[i + 1]);
    if (typeof first !== 'number') break;
    if (Array.isArray(second)) {
      if (widths.size + second.length > MOST_WIDTHS || !work.read(second.length, path)) break;
      for (const [index, width] of second.entries()) if (typeof width === 'number') widths.set(first + index, width);
      i += 2;
    } else {
      const width = file.get(list[i + 2]);
      if (typeof second !== 'number' || typeof width !== 'number' || second - first > MOST_WIDTHS - widths.size) break;
      if (!work.read(Math.max(0, second - first), path)) break;
      for (let code = first; code <= second; code++) widths.set(code, width);
      i += 3;
    }
  }
  return (code) => widths.get(code) ?? (typeof usual === 'number' ? usual : FULL_WIDTH);
}

function compositeFont(file: PdfFile, font: PdfDictionary, unicode: CMap | null, work: Work, path: string): Font {
  const stream = file.stream(font.get('Encoding'));
  const content = stream === null ? null : file.content(stream);
  const own = content === null || !work.read(content.length * CMAP_COST, path) ? null : readCMap(content);
  const encoding = nameOf(file.get(font.get('Encoding')));
  const charset = CHARSETS.find(([name]) => name.test(encoding))?.[1];
  const isVertical = /-V$|^V$/.test(encoding);
  if (unicode === null && charset !== undefined) {
    const decoder = new TextDecoder(charset);
    const glyphs = (shown: Buffer) =>
      Array.from(decoder.decode(shown), (text): Glyph => ({ text, width: text < '\u0080' ? HALF_WIDTH : FULL_WIDTH, isSpace: false }));
    return { glyphs, isVertical };
  }
  const widthOf = compositeWidths(file, file.dictionary(file.list(font.get('DescendantFonts'))[0]), work, path);
  const isIdentity = encoding.startsWith('Identity') || encoding === '';
  const glyphs = (shown: Buffer) => {
    const found: Glyph[] = [];
    for (let at = 0; at < shown.length; ) {
      const length = Math.min((own ?? (isIdentity ? null : unicode))?.lengthOf(shown, at) ?? 2, shown.length - at);
      const code = shown.readUIntBE(at, length);
      at += length;
      found.push({
        text: unicode?.text(code) ?? null,
        width: isIdentity ? widthOf(code) : FULL_WIDTH,
        isSpace: length === 1 && code === 0x20,
      });
    }
    return found;
  };
  return { glyphs, isVertical };
}

/** The characters of a font of one byte a code (9.6.6): a table by name, with differences. null: the font keeps them to itself. */
function simpleEncoding(file: PdfFile, font: PdfDictionary): ByteEncoding | null {
  const encoding = file.get(font.get('Encoding'));
  const dictionary = file.dictionary(encoding);
  const descriptor = file.dictionary(font.get('FontDescriptor'));
  const flags = file.get(descriptor?.get('Flags'));
  const isSymbolic = nameOf(font.get('Subtype')) === 'Type3' || (typeof flags === 'number' && (flags & SYMBOLIC) !== 0);
  const base = ENCODINGS[nameOf(dictionary === null ? encoding : file.get(dictionary.get('BaseEncoding')))];
  const differences = file.list(dictionary?.get('Differences'));
  if (base === undefined && isSymbolic && differences.length === 0) return null;
  const table: string[] = [...(base ?? (isSymbolic ? [] : ENCODINGS.StandardEncoding!))];
  let code = 0;
  for (const value of differences) {
    if (typeof value === 'number') code = value;
    else if (value instanceof PdfName && code >= 0 && code < 256) table[code++] = glyphText(value.name) ?? '';
  }
  return table;
}

function simpleFont(file: PdfFile, font: PdfDictionary, unicode: CMap | null): Font {
  const encoding = simpleEncoding(file, font);
  const widths = file.list(font.get('Widths'));
  const first = file.get(font.get('FirstChar'));
  const scale = nameOf(font.get('Subtype')) === 'Type3' ? Math.abs(Number(file.list(font.get('FontMatrix'))[0] ?? 0.001)) * 1_000 : 1;
  const name = nameOf(font.get('BaseFont'));
  const usual = STANDARD_WIDTHS.find(([fits]) => fits.test(name))?.[1] ?? HALF_WIDTH;
  const isPicture = PICTURES.test(name);
  const glyphs = (shown: Buffer) =>
    Array.from(shown, (code): Glyph => {
      const text = unicode?.text(code) ?? encoding?.[code];
      const width = file.get(widths[code - (typeof first === 'number' ? first : 0)]);
      const isKnown = text !== undefined && text !== '';
      return {
        text: isKnown ? text : isPicture ? '' : null,
        width: typeof width === 'number' ? width * scale : usual,
        isSpace: code === 0x20,
      };
    });
  return { glyphs, isVertical: false };
}

/** A font as it reads text, from its dictionary. */
export function readFont(file: PdfFile, font: PdfDictionary, work: Work, path: string): Font {
  const stream = file.stream(font.get('ToUnicode'));
  const content = stream === null ? null : file.content(stream);
  const unicode = content === null || !work.read(content.length * CMAP_COST, path) ? null : readCMap(content);
  const known = unicode === null || unicode.size === 0 ? null : unicode;
  return nameOf(font.get('Subtype')) === 'Type0' ? compositeFont(file, font, known, work, path) : simpleFont(file, font, known);
}
