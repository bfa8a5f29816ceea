import type { PickleGroup, PickleValue } from './pickle.js';

function padded(value: number, digits = 2): string {
  return String(value).padStart(digits, '0');
}

function dateOf(bytes: Buffer): string | null {
  const [year, month, day] = [bytes.readUInt16BE(0), bytes[2]! & 0x7f, bytes[3]!];
  const isDate = year >= 1 && year <= 9_999 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  return isDate ? `${padded(year, 4)}-${padded(month)}-${padded(day)}` : null;
}

function timeOf(bytes: Buffer): string | null {
  const [hour, minute, second, micro] = [bytes[0]! & 0x7f, bytes[1]!, bytes[2]!, bytes.readUIntBE(3, 3)];
  if (hour > 23 || minute > 59 || second > 59 || micro > 999_999) return null;
  return `${padded(hour)}:${padded(minute)}:${padded(second)}${micro === 0 ? '' : `.${padded(micro, 6)}`}`;
}

/** What Python's `datetime` gives to its own types (`__reduce_ex__` in datetime.py): fields of fixed width, the highest bit of one of them for the hour that a clock shows twice. */
const MOMENTS: ReadonlyMap<string, { readonly size: number; readonly of: (bytes: Buffer) => string | null }> = new Map([
  ['datetime date', { size: 4, of: dateOf }],
  ['datetime time', { size: 6, of: timeOf }],
  [
    'datetime datetime',
    {
      size: 10,
      of: (bytes) => {
        const [date, time] = [dateOf(bytes), timeOf(bytes.subarray(4))];
        return date === null || time === null ? null : `${date}T${time}`;
      },
    },
  ],
]);

/** Moments have one argument or that and a zone; codecs a text and a name. */
const MOST_ARGUMENTS = 2;
const LATIN = Buffer.from('latin1');
/** A text may be given to any number of calls, and what it is encoded as is as long as itself: each is encoded once. */
const encoded = new WeakMap<Buffer, PickleValue>();

function latinOf(text: Buffer): PickleValue {
  const known = encoded.get(text);
  if (known !== undefined) return known;
  const value: PickleValue = { kind: 'bytes', bytes: Buffer.from(text.toString('utf8'), 'latin1') };
  encoded.set(text, value);
  return value;
}

function bytesOf(value: PickleValue | undefined): Buffer | null {
  return value?.kind === 'bytes' || value?.kind === 'text' ? value.bytes : null;
}

/**
 * What a call of which the meaning is known stands for; nothing is called.
 * @param called module and name of it. @param given what it is given, in one tuple.
 * @returns bytes that were written as a text, a date or a time; null: it is none of these.
 */
export function calledValue(called: string, given: readonly PickleValue[]): PickleValue | null {
  const [tuple] = given;
  if (tuple?.kind !== 'group' || given.length !== 1 || tuple.items.length > MOST_ARGUMENTS) return null;
  const [first, ...others] = tuple.items;
  const bytes = bytesOf(first);
  if (bytes === null) return null;
  // Before protocol 3 there were no bytes.
  if (called === '_codecs encode') {
    return first?.kind === 'text' && bytesOf(others[0])?.equals(LATIN) === true ? latinOf(bytes) : null;
  }
  const moment = MOMENTS.get(called);
  const told = moment === undefined || bytes.length !== moment.size ? null : moment.of(bytes);
  if (told === null) return null;
  const text: PickleValue = { kind: 'text', bytes: Buffer.from(told) };
  // Behind a time its zone.
  return others.length === 0 ? text : ({ ...tuple, items: [text, ...others] } satisfies PickleGroup);
}
