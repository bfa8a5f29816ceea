/**
 * Typed netstrings, the notation of mitmproxy's flow files: `5:hello,` is five bytes, `4:true!` a truth value, lists and dictionaries hold
 * others (tnetstrings.info; mitmproxy adds `;` for text). Danger: lengths come from a stranger; none is trusted beyond the bytes that are
 * there, and nesting is bounded.
 */
import { limits } from '../limits.js';

export type TValue = Uint8Array | string | number | boolean | null | readonly TValue[] | TDict;
export interface TDict {
  readonly [key: string]: TValue;
}

const COLON = 0x3a;
const DIGITS = 12;

/** The bytes are no tnetstring. */
export class TnetstringError extends Error {}

/** Length prefix at this place: payload's length and where it begins; null: more bytes are needed to tell. */
export function readPrefix(bytes: Uint8Array, at: number): { readonly length: number; readonly start: number } | null {
  let length = 0;
  for (let index = at; index < bytes.length; index += 1) {
    const byte = bytes[index]!;
    if (byte === COLON && index > at) return { length, start: index + 1 };
    if (byte < 0x30 || byte > 0x39 || index - at >= DIGITS) throw new TnetstringError(`no length at byte ${at}`);
    length = length * 10 + (byte - 0x30);
  }
  if (bytes.length - at > DIGITS) throw new TnetstringError(`no length at byte ${at}`);
  return null;
}

/**
 * One value that fills the bytes. Byte strings are views of them, not copies.
 * @throws TnetstringError
 */
export function readTnetstring(bytes: Uint8Array): TValue {
  const [value, end] = readAt(bytes, 0, 0);
  if (end !== bytes.length) throw new TnetstringError(`bytes behind the end (${end})`);
  return value;
}

function readAt(bytes: Uint8Array, at: number, depth: number): readonly [TValue, number] {
  const prefix = readPrefix(bytes, at);
  if (prefix === null || prefix.start + prefix.length >= bytes.length) throw new TnetstringError(`length beyond the end at byte ${at}`);
  if (depth > limits.jsonDepth) throw new TnetstringError('nested too deep');
  const end = prefix.start + prefix.length;
  return [typed(bytes.subarray(prefix.start, end), String.fromCharCode(bytes[end]!), depth), end + 1];
}

function typed(payload: Uint8Array, type: string, depth: number): TValue {
  if (type === ',') return payload;
  if (type === ']' || type === '}') {
    const items: TValue[] = [];
    for (let at = 0; at < payload.length; ) {
      const [item, end] = readAt(payload, at, depth + 1);
      items.push(item);
      at = end;
    }
    return type === ']' ? items : dictOf(items);
  }
  const text = Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString('utf8');
  if (type === ';') return text;
  if (type === '!' && (text === 'true' || text === 'false')) return text === 'true';
  if (type === '~' && text === '') return null;
  if ((type === '#' || type === '^') && text.trim() !== '') {
    const number = Number(text);
    // Python also writes nan and inf.
    return Number.isFinite(number) ? number : null;
  }
  throw new TnetstringError(`unknown type "${type}"`);
}

function dictOf(items: readonly TValue[]): TDict {
  const entries: Array<readonly [string, TValue]> = [];
  for (let index = 0; index + 1 < items.length; index += 2) {
    const key = items[index]!;
    entries.push([key instanceof Uint8Array ? Buffer.from(key).toString('utf8') : String(key), items[index + 1]!]);
  }
  return Object.fromEntries(entries);
}
