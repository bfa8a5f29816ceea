import type { PickleValue } from './pickle.js';

/** Digits of an integer of 64 bytes, as of those that are written in binary; longer ones stay texts. */
const LONGEST_INTEGER = 155;
const NUMBER = /^[+-]?\d+$/;
const REAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U(000[0-9a-fA-F]{5}|0010[0-9a-fA-F]{4})|([\s\S]))/g;
const SIGNS: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

function textOf(text: string): PickleValue {
  return { kind: 'text', bytes: Buffer.from(text, 'utf8') };
}

/** `INT` and `LONG`: digits; `00` and `01` are switches. @returns null: it is none. */
export function integerLine(line: string): PickleValue | null {
  if (line === '00' || line === '01') return { kind: 'boolean', value: line === '01' };
  const digits = line.endsWith('L') ? line.slice(0, -1) : line;
  if (!NUMBER.test(digits)) return null;
  return digits.length > LONGEST_INTEGER ? textOf(digits) : { kind: 'number', value: BigInt(digits) };
}

/** `FLOAT`. @returns null: it is none. */
export function floatLine(line: string): PickleValue | null {
  return REAL.test(line) ? { kind: 'number', value: Number(line) } : null;
}

/** `STRING`: bytes as Python writes them between quotes. @param line in Latin-1. @returns null: it has no quotes. */
export function stringLine(line: string): PickleValue | null {
  const quote = line[0];
  if (line.length < 2 || (quote !== "'" && quote !== '"') || line.at(-1) !== quote) return null;
  const plain = line
    .slice(1, -1)
    .replace(ESCAPE, (whole, byte?: string, _short?: string, _long?: string, sign?: string) =>
      byte !== undefined ? String.fromCharCode(Number.parseInt(byte, 16)) : (SIGNS[sign ?? ''] ?? whole),
    );
  return { kind: 'text', bytes: Buffer.from(plain, 'latin1') };
}

/** `UNICODE`: Latin-1 in which other characters are escaped by their number (raw-unicode-escape). */
export function unicodeLine(line: string): PickleValue {
  return textOf(
    line.replace(ESCAPE, (whole, _byte?: string, short?: string, long?: string) => {
      const code = short ?? long;
      return code === undefined ? whole : String.fromCodePoint(Number.parseInt(code, 16));
    }),
  );
}
