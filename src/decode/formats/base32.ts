import { isUtf8 } from 'node:buffer';
import type { Bilingual } from '../../model/text.js';
import type { Decoder } from '../decoder.js';
import { SHAPE } from '../shape.js';

const SAYS: Bilingual = { zh: 'Base32（RFC 4648）', en: 'base32 (RFC 4648)' };
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** Bytes below which a readable answer is chance more often than not. */
const SHORT = 12;
/** First byte of a gzip stream. */
const GZIP = 0x1f;
/** Characters behind the last full group of eight that five bytes leave. */
const ENDS = new Set([0, 2, 4, 5, 7]);

/**
 * The other alphabets, in which identifiers are written as well: what is read in them begins as `{"`, `[{"` or a gzip stream does. RFC 4648 section 7,
 * Crockford's, Zooko's, and the first one in small letters.
 */
const OTHERS: ReadonlyArray<{
  readonly step: string;
  readonly says: Bilingual;
  readonly alphabet: string;
  readonly begins: RegExp;
}> = [
  { step: 'base32', says: SAYS, alphabet: ALPHABET, begins: /^(?:pmr|ln5s|d6fq)[a-z2-7]+={0,6}$/i },
  {
    step: 'base32hex',
    says: { zh: '扩展十六进制字母表的 Base32（RFC 4648）', en: 'base32 in the extended hex alphabet (RFC 4648)' },
    alphabet: '0123456789ABCDEFGHIJKLMNOPQRSTUV',
    begins: /^(?:fch|bdti|3u5g)[0-9a-v]+={0,6}$/i,
  },
  {
    step: 'base32-crockford',
    says: { zh: 'Crockford 字母表的 Base32', en: "base32 in Crockford's alphabet" },
    alphabet: '0123456789ABCDEFGHJKMNPQRSTVWXYZ',
    begins: /^(?:fch|bdxj|3y5g)[0-9a-hjkmnp-tv-z]+={0,6}$/i,
  },
  {
    step: 'z-base-32',
    says: { zh: 'z-base-32', en: 'z-base-32' },
    alphabet: 'YBNDRFG8EJKMCPQXOT1UWISZA345H769',
    begins: /^(?:xct|mp71|d6fo)[a-km-uw-z13-9]+={0,6}$/i,
  },
];

/** UTF-8 without control characters but those of white space. */
function isReadable(bytes: Uint8Array): boolean {
  return isUtf8(bytes) && bytes.every((byte) => byte >= 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09);
}

function fromBase32(encoded: string, alphabet: string): Uint8Array | null {
  const digits = encoded.replace(/=+$/, '');
  if (!ENDS.has(digits.length % 8) || (digits.length < encoded.length && encoded.length % 8 !== 0)) return null;
  const bytes = Buffer.alloc(Math.floor((digits.length * 5) / 8));
  let [bits, held, size] = [0, 0, 0];
  for (const digit of digits) {
    held = ((held << 5) | alphabet.indexOf(digit)) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[size++] = (held >> bits) & 0xff;
    }
  }
  return bytes;
}

/** RFC 4648 section 6, with or without padding, in capitals; what comes out must earn its place. Its other alphabets are known by how a document begins in them. */
export const decoder: Decoder = {
  id: 'base32',
  says: SAYS,
  saysStep: (name) => OTHERS.find(({ step }) => step === name)?.says ?? null,
  order: 43,
  shapes: SHAPE.base64,
  open({ text }) {
    const encoded = text?.trim() ?? '';
    if (encoded.length < 16) return null;
    if (/^[A-Z2-7]+={0,6}$/.test(encoded)) {
      const bytes = fromBase32(encoded, ALPHABET);
      return bytes === null ? null : { child: { bytes, sure: false, structured: bytes.length < SHORT } };
    }
    for (const { step, alphabet, begins } of OTHERS) {
      if (!begins.test(encoded)) continue;
      const bytes = fromBase32(encoded.toUpperCase(), alphabet);
      // Two of them write `{"` alike: in the right one the rest is text as well.
      if (bytes !== null && (bytes[0] === GZIP || isReadable(bytes))) return { child: { bytes, step, sure: false, structured: true } };
    }
    return null;
  },
};
