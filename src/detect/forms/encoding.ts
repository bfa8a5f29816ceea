import { FOLD } from '../automaton.js';
import { type Alignment, alignedTexts } from './base64.js';
import type { Edge, Writing } from './boundary.js';
import { type CanonicalText, caseVariants } from './canonical.js';
import { encodeGbk } from './gbk.js';

/** A byte string to look for, with what it means when it is found. */
export interface Pattern {
  /** Lower-cased where `fold` is set. */
  readonly bytes: Uint8Array;
  /** Letters of both cases count as equal. */
  readonly fold: boolean;
  /** How the value was written: `plain`, `base64`, `gbk+percent`, ... */
  readonly form: string;
  readonly edge: Edge;
  readonly writing: Writing;
  /** For base64: where in a group the value begins and what it must decode to, since the pattern lacks bits of its ends. */
  readonly base64: { readonly alignment: Alignment; readonly value: Uint8Array } | null;
  /** The value as it reads when decoded. */
  readonly text: string;
}

const utf8 = new TextEncoder();
/** Bytes that make the shortest base64 which is taken for a token in a sentence. */
const SHORTEST_TOKEN = 12;

/** Every encoding of one writing, without repeats. Binary forms (BCD, varint, raw MAC) are in `binary.ts`. */
export function encodedPatterns(canonical: CanonicalText): readonly Pattern[] {
  const { text, edge } = canonical;
  const patterns = new Map<string, Pattern>();
  const put: Put = (bytes, form, writing, fold, base64 = null) => {
    const stored = fold ? bytes.map((byte) => FOLD[byte]!) : bytes;
    const id = `${base64?.alignment ?? writing}|${Buffer.from(stored).toString('latin1')}`;
    if (!patterns.has(id)) patterns.set(id, { bytes: stored, fold, form: named(canonical.form, form), edge, writing, base64, text });
  };
  const putText = (encoded: string, form: string) => put(utf8.encode(encoded), form, 'text', true);

  const plain = utf8.encode(text);
  putText(text, 'plain');
  if (canonical.form === 'number' || edge === 'imeisv') return [...patterns.values()];
  const ascii = /^[\x20-\x7e]*$/.test(text);
  put(utf8.encode([...text].toReversed().join('')), 'reversed', 'reversed', true);
  percentTexts(plain, '', putText);
  for (const [encoded, form] of escapes(text)) putText(encoded, form);
  const gbk = ascii ? null : encodeGbk(text);
  if (gbk !== null) {
    put(gbk, 'gbk', 'text', false);
    percentTexts(gbk, 'gbk+', putText);
    putHex(gbk, 'gbk+hex', put);
    putBase64(gbk, 'gbk+', put);
  }
  // Hex, base64 and UTF-16 keep letter case inside, so each case variant is a pattern of its own.
  for (const variant of edge === 'word' && !/^[0-9a-z]+$/i.test(text) ? [text] : caseVariants(text)) {
    const bytes = utf8.encode(variant);
    putHex(bytes, 'hex', put);
    putBase64(bytes, '', put);
  }
  const units = Buffer.from(text, 'utf16le');
  const swapped = Buffer.from(units).swap16();
  put(units, 'utf16le', 'utf16le', ascii);
  put(swapped, 'utf16be', 'utf16be', ascii);
  // Longer ones are taken apart wherever they stand.
  if (units.length < SHORTEST_TOKEN) putBase64(units, 'utf16le+', put);
  // Short messages carry their text so (3GPP TS 23.040, UCS2).
  putHex(swapped, 'utf16be+hex', put);
  return [...patterns.values()];
}

function named(writing: string, encoding: string): string {
  if (encoding === 'plain') return writing;
  return writing === 'plain' ? encoding : `${writing}+${encoding}`;
}

type Put = (bytes: Uint8Array, form: string, writing: Writing, fold: boolean, base64?: Pattern['base64']) => void;

/** RFC 3986 percent-encoding of what must be, of everything, and each of these twice; `+` for the space of forms. */
function percentTexts(bytes: Uint8Array, prefix: string, put: (encoded: string, form: string) => void): void {
  const needed = percent(bytes, (byte) => isUnreserved(byte));
  put(needed, `${prefix}percent`);
  put(needed.replaceAll('%20', '+'), `${prefix}percent`);
  put(needed.replaceAll('%', '%25'), `${prefix}percent-twice`);
  put(
    percent(bytes, () => false),
    `${prefix}percent`,
  );
}

function percent(bytes: Uint8Array, keep: (byte: number) => boolean): string {
  let text = '';
  for (const byte of bytes) text += keep(byte) ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`;
  return text;
}

function isUnreserved(byte: number): boolean {
  return /[A-Za-z0-9\-._~]/.test(String.fromCharCode(byte));
}

/** JSON `\u`, JSON in a JSON string, JavaScript `escape()`, HTML references: of what is not ASCII, or of everything. */
function escapes(text: string): ReadonlyArray<readonly [string, string]> {
  const each = (write: (unit: string, code: number) => string) =>
    Array.from({ length: text.length }, (_, index) => write(text[index]!, text.charCodeAt(index))).join('');
  const u = (code: number) => code.toString(16).padStart(4, '0');
  const special = (unit: string, code: number) => code > 0x7e || /[@&<>"'+:/]/.test(unit);
  return [
    [each((unit, code) => (code > 0x7e ? `\\u${u(code)}` : unit)), 'unicode-escape'],
    [each((unit, code) => (code > 0x7e ? `\\\\u${u(code)}` : unit)), 'unicode-escape'],
    [each((_, code) => `\\u${u(code)}`), 'unicode-escape'],
    [each((unit, code) => (code > 0xff ? `%u${u(code)}` : unit)), 'unicode-escape'],
    [each((unit, code) => (special(unit, code) ? `&#${code};` : unit)), 'html-entity'],
    [each((unit, code) => (special(unit, code) ? `&#x${code.toString(16)};` : unit)), 'html-entity'],
  ];
}

function putHex(bytes: Uint8Array, form: string, put: Put): void {
  put(utf8.encode(Buffer.from(bytes).toString('hex')), form, 'hex', true);
}

function putBase64(bytes: Uint8Array, prefix: string, put: Put): void {
  for (const encoding of ['base64', 'base64url'] as const)
    for (const { alignment, characters } of alignedTexts(bytes, encoding)) {
      const base64 = { alignment, value: bytes };
      put(utf8.encode(characters), `${prefix}${encoding}`, 'text', false, base64);
      if (encoding === 'base64' && /[+/]/.test(characters))
        put(utf8.encode(characters.replaceAll('+', '%2B').replaceAll('/', '%2F')), `${prefix}base64+percent`, 'text', false, base64);
    }
}
