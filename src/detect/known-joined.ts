import type { Field } from '../model/field.js';

/** No pattern holds a line feed, so no hit reaches from one leaf into the next. */
const SEPARATOR = 0x0a;

/** All leaves of a message in one buffer, so that it costs one scan and not one per leaf. */
export interface Joined {
  readonly bytes: Uint8Array;
  /** Where each field begins; fields are separated by one byte. */
  readonly starts: Uint32Array;
}

/** Joins text leaves as UTF-8 and binary leaves as their bytes. */
export function joinFields(fields: readonly Field[]): Joined {
  const starts = new Uint32Array(fields.length);
  let room = 0;
  for (const { value, bytes } of fields) room += (bytes === undefined ? value.length * 3 : bytes.length) + 1;
  const buffer = Buffer.allocUnsafe(room);
  let at = 0;
  for (let index = 0; index < fields.length; index++) {
    const { value, bytes } = fields[index]!;
    starts[index] = at;
    if (bytes !== undefined) {
      buffer.set(bytes, at);
      at += bytes.length;
    } else at += writeText(buffer, value, at);
    buffer[at++] = SEPARATOR;
  }
  return { bytes: buffer.subarray(0, at), starts };
}

/** The field that holds a position: the last one that begins at or before it. */
export function fieldAt(starts: Uint32Array, position: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Short ASCII by hand: Buffer.write costs more than the copying for the usual leaf of ten characters. */
function writeText(buffer: Buffer, text: string, at: number): number {
  if (text.length > 24) return buffer.write(text, at, 'utf8');
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) return buffer.write(text, at, 'utf8');
    buffer[at + index] = code;
  }
  return text.length;
}

/** The UTF-16 span of bytes `start` to `end` of a field whose text is `text`. */
export function utf16Span(bytes: Uint8Array, start: number, end: number, text: string): readonly [number, number] {
  if (text.length === bytes.length) return [start, end];
  const before = Buffer.from(bytes.buffer, bytes.byteOffset, start).toString('utf8').length;
  return [before, before + Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8').length];
}

/** What stood there, readable: UTF-8 where it is, latin1 otherwise. */
export function readable(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  return text.includes('\ufffd') ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1') : text;
}
