import type { PickleValue } from './pickle.js';

/** Digits of an integer of 64 bytes, as of those that are written in binary; longer ones stay texts. */
const LONGEST_INTEGER = 155;
const NUMBER = /^[+-]?\d+$/;
const REAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const BYTE = /x[0-9a-fA-F]{2}/y;
const NUMBERED = /u[0-9a-fA-F]{4}|U(?:000[0-9a-fA-F]|0010)[0-9a-fA-F]{4}/y;
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
  const units = unescaped(line.slice(1, -1), BYTE, (sign) => SIGNS[sign]);
  return { kind: 'text', bytes: Buffer.from(Uint8Array.from(units)) };
}

/** `UNICODE`: Latin-1 in which other characters are escaped by their number (raw-unicode-escape). */
export function unicodeLine(line: string): PickleValue {
  const units = unescaped(line, NUMBERED, () => undefined);
  return textOf(Buffer.from(units.buffer, units.byteOffset, units.byteLength).toString('utf16le'));
}

/**
 * Units of UTF-16 of a line of which the escapes are undone. Into numbers: replacing a million of them in a text takes hundreds of MiB.
 * @param written behind the backslash: a letter and digits of the character. @param signOf what one character there stands for; undefined: for itself, with its backslash.
 */
function unescaped(line: string, written: RegExp, signOf: (sign: string) => string | undefined): Uint16Array {
  const units = new Uint16Array(line.length);
  let count = 0;
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code !== 0x5c || at + 1 === line.length) {
      units[count++] = code;
      continue;
    }
    written.lastIndex = at + 1;
    const sign = line[at + 1]!;
    const known = signOf(sign);
    if (written.test(line)) {
      const point = Number.parseInt(line.slice(at + 2, written.lastIndex), 16);
      if (point > 0xffff) units[count++] = 0xd800 | ((point - 0x10000) >> 10);
      units[count++] = point > 0xffff ? 0xdc00 | (point & 0x3ff) : point;
      at = written.lastIndex - 1;
    } else {
      if (known === undefined) units[count++] = code;
      units[count++] = (known ?? sign).charCodeAt(0);
      at++;
    }
  }
  return units.subarray(0, count);
}
