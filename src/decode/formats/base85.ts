import type { Bilingual } from '../../model/text.js';
import type { Decoder } from '../decoder.js';

const DIGITS = '0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';

interface Alphabet {
  readonly step: string;
  readonly says: Bilingual;
  readonly values: Int8Array;
  /** How `{"`, `[{"` and the head of gzip begin in it: two characters at least, of which words seldom go on in it. */
  readonly begins: readonly string[];
}

function alphabet(step: string, says: Bilingual, characters: string, begins: readonly string[]): Alphabet {
  const values = new Int8Array(128).fill(-1);
  for (let digit = 0; digit < 85; digit++) values[characters.charCodeAt(digit)] = digit;
  return { step, says, values, begins };
}

const RFC_1924: Bilingual = {
  zh: 'RFC 1924 字母表的 Base85（Python 的 b85decode）',
  en: "base85 in the alphabet of RFC 1924 (Python's b85decode)",
};

/** Adobe's, which marks its ends; RFC 1924's (Python's `b85encode`, git); ZeroMQ's (RFC 32/Z85). */
const ADOBE = alphabet(
  'ascii85',
  { zh: 'Adobe 的 Ascii85（Python 的 a85decode）', en: "Adobe's Ascii85 (Python's a85decode)" },
  Array.from({ length: 85 }, (_, digit) => String.fromCharCode(0x21 + digit)).join(''),
  ['HQ', '>C.', '+,^'],
);
const ALPHABETS = [
  ADOBE,
  alphabet('base85', RFC_1924, `${DIGITS}${UPPER}${LOWER}!#$%&()*+-;<=>?@^_\`{|}~`, ['dm', 'TYD', 'ABz']),
  alphabet('z85', { zh: 'ZeroMQ 的 Base85（Z85）', en: 'base85 of ZeroMQ (Z85)' }, `${DIGITS}${LOWER}${UPPER}.-:+=^!/*?&<>()[]{}@%$#`, [
    'DM',
    'tyd',
    'abZ',
  ]),
];
const MARK = '<~';
/** Characters of `{"a":1}`. */
const SHORTEST = 9;

/** Four bytes of five characters; fewer at the end, where a group of that many and one more stands. */
function fromBase85(text: string, values: Int8Array): Uint8Array | null {
  let zeros = 0;
  if (values === ADOBE.values) for (let at = text.indexOf('z'); at >= 0; at = text.indexOf('z', at + 1)) zeros++;
  const out = Buffer.alloc(Math.ceil((text.length - zeros) / 5) * 4 + 4 * zeros);
  let [size, held, count] = [0, 0, 0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 0x20) continue;
    // Four zeros in one character.
    if (code === 0x7a && values === ADOBE.values && count === 0) {
      size += 4;
      continue;
    }
    const value = code < 128 ? values[code]! : -1;
    if (value < 0) return null;
    held = held * 85 + value;
    if (++count < 5) continue;
    if (held > 0xffffffff) return null;
    size = out.writeUInt32BE(held, size);
    [held, count] = [0, 0];
  }
  if (count === 1) return null;
  if (count === 0) return out.subarray(0, size);
  for (let missing = count; missing < 5; missing++) held = held * 85 + 84;
  if (held > 0xffffffff) return null;
  out.writeUInt32BE(held, size);
  return out.subarray(0, size + count - 1);
}

/** Ascii85 between its marks, and each of the alphabets of base85 where it begins as a document or a gzip stream does; nothing else tells them from words. */
export const decoder: Decoder = {
  id: 'base85',
  says: RFC_1924,
  saysStep: (name) => ALPHABETS.find(({ step }) => step === name)?.says ?? null,
  order: 39,
  begins: [MARK, ...ALPHABETS.flatMap(({ begins }) => begins)],
  open(source) {
    const text = source.text?.trim() ?? '';
    if (text.startsWith(MARK)) {
      const end = text.indexOf('~>');
      const bytes = end < 0 ? null : fromBase85(text.slice(MARK.length, end), ADOBE.values);
      return bytes === null ? null : { child: { bytes, step: ADOBE.step, sure: false } };
    }
    for (const { step, values, begins } of ALPHABETS) {
      if (text.length < SHORTEST || !begins.some((start) => text.startsWith(start))) continue;
      const bytes = fromBase85(text.endsWith('~>') ? text.slice(0, -2) : text, values);
      if (bytes !== null) return { child: { bytes, step, sure: false, structured: true } };
    }
    return null;
  },
};
