import type { Writing } from './boundary.js';
import type { CanonicalValue } from './canonical.js';
import type { Pattern } from './encoding.js';

/**
 * How a number or an id stands in binary messages: raw bytes of hex ids, packed decimal digits, protobuf varints, fixed-width
 * integers and doubles. Shorter forms than five bytes are left out: they would hit by chance.
 */
export function binaryPatterns(value: CanonicalValue): readonly Pattern[] {
  const patterns = new Map<string, Pattern>();
  const put = (bytes: Uint8Array, form: string, text: string, writing: Writing = 'raw') => {
    const id = Buffer.from(bytes).toString('hex');
    if (bytes.length >= SHORTEST && !patterns.has(id))
      patterns.set(id, { bytes, fold: false, form, edge: 'none', writing, base64: null, text });
  };
  if (value.hex !== null) hexForms(value.hex, put);
  if (value.digits !== null) digitForms(value.digits, put);
  return [...patterns.values()];
}

const SHORTEST = 5;
type Put = (bytes: Uint8Array, form: string, text: string, writing?: Writing) => void;

function hexForms(hex: string, put: Put): void {
  const bytes = Buffer.from(hex, 'hex');
  put(bytes, 'raw-bytes', hex);
  put(Buffer.from(bytes).reverse(), 'raw-bytes-reversed', hex);
  if (bytes.length !== 16) return;
  // A Windows GUID keeps its first three parts little-endian.
  const mixed = Buffer.from(bytes);
  mixed.subarray(0, 4).reverse();
  mixed.subarray(4, 6).reverse();
  mixed.subarray(6, 8).reverse();
  put(mixed, 'raw-bytes-guid', hex);
}

function digitForms(digits: string, put: Put): void {
  // TS 23.003 and TS 24.008 swap the nibbles and fill with F; banks (ISO 8583) do not swap and fill with 0.
  const odd = digits.length % 2 === 1;
  const packings = odd ? [`0${digits}`, `${digits}f`, `f${digits}`, `${digits}0`] : [digits];
  for (const packed of packings) {
    const straight = Buffer.from(packed, 'hex');
    put(straight, 'bcd', digits);
    put(
      straight.map((byte) => ((byte & 0x0f) << 4) | (byte >> 4)),
      'bcd-swapped',
      digits,
    );
  }
  if (digits.startsWith('0')) return;
  const number = BigInt(digits);
  if (number >= 1n << 64n) return;
  put(varint(number), 'varint', digits, 'varint');
  // `sint64` moves the sign to the lowest bit.
  if (number < 1n << 63n) put(varint(number * 2n), 'zigzag-varint', digits, 'varint');
  const fixed = Buffer.alloc(8);
  fixed.writeBigUInt64BE(number);
  put(Buffer.from(fixed), 'uint64', digits);
  put(Buffer.from(fixed).reverse(), 'uint64-le', digits);
  if (number > BigInt(Number.MAX_SAFE_INTEGER)) return;
  fixed.writeDoubleBE(Number(number));
  put(Buffer.from(fixed), 'double', digits);
  put(Buffer.from(fixed).reverse(), 'double-le', digits);
}

/** Protocol Buffers, "Encoding": seven bits a byte, lowest first. */
function varint(number: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = number;
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
