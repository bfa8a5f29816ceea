import { limits } from '../../limits.js';
import type { Decoder } from '../decoder.js';
import { frameLeaves } from '../frame.js';
import { isWalkable } from './protobuf.js';

/** Ways to write a length: bytes, and whether the least comes first. */
const LENGTHS = [
  { width: 4, little: false, least: 1 },
  { width: 4, little: true, least: 1 },
  // Two bytes fit by chance more often: one frame is not enough.
  { width: 2, little: false, least: 2 },
  { width: 2, little: true, least: 2 },
] as const;

type Length = (typeof LENGTHS)[number];
type Frames = ReadonlyArray<readonly [start: number, end: number]>;

/** A frame shorter than this is a number of the app's own rather than a message. */
const SHORTEST = 8;

function firstLength(bytes: Uint8Array, width: number, little: boolean): number {
  let length = 0;
  for (let index = 0; index < width; index++) length = length * 256 + bytes[little ? width - 1 - index : index]!;
  return length;
}

/** Where each frame begins and ends, if lengths and frames take up the bytes exactly; null: they do not. */
function framesOf(bytes: Uint8Array, { width, little, least }: Length): Frames | null {
  // Nearly every random length is beyond the end.
  if (firstLength(bytes, width, little) > bytes.length - width) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: Array<readonly [number, number]> = [];
  let at = 0;
  while (at + width <= bytes.length && frames.length < limits.multipartParts) {
    const length = width === 4 ? view.getUint32(at, little) : view.getUint16(at, little);
    const start = at + width;
    at = start + length;
    if (length < SHORTEST || at > bytes.length) return null;
    frames.push([start, at]);
  }
  return at === bytes.length && frames.length >= least ? frames : null;
}

/** A length in two bytes of seven bits: one that is shorter fits by chance too often. */
const LONG_VARINT = 128;
const PROTOBUF = 'application/x-protobuf';

/** Protobuf's own way (`writeDelimitedTo`): each message behind its length in a varint. Nothing but its messages is written so, so each has to walk like one. */
function delimited(bytes: Uint8Array): Frames | null {
  if (bytes.length <= LONG_VARINT) return null;
  const frames: Array<readonly [number, number]> = [];
  let at = 0;
  while (at < bytes.length && frames.length < limits.multipartParts) {
    let length = 0;
    let unit = 1;
    let byte: number;
    do {
      byte = bytes[at++] ?? 0;
      length += (byte & 0x7f) * unit;
      unit *= 128;
    } while (byte >= 0x80 && unit < 2 ** 28);
    const end = at + length;
    if (length < SHORTEST || byte >= 0x80 || end > bytes.length || !isWalkable(bytes.subarray(at, end))) return null;
    frames.push([at, end]);
    at = end;
  }
  return at === bytes.length ? frames : null;
}

function fixed(bytes: Uint8Array): Frames | null {
  return LENGTHS.reduce<Frames | null>((found, length) => found ?? framesOf(bytes, length), null);
}

/** Messages one behind the other, each after its length in two or four bytes or in a varint, which end exactly with the bytes. */
export const decoder: Decoder = {
  id: 'frames',
  says: { zh: '逐条冠以长度的消息；[n] 为第 n 条', en: 'messages, each behind its length; [n] is the message' },
  order: 94,
  guess: (bytes, { truncated }) => !truncated && bytes.length >= SHORTEST + 2 && (fixed(bytes) ?? delimited(bytes)) !== null,
  open(source) {
    const { bytes, truncated } = source;
    if (truncated) return null;
    const counted = fixed(bytes);
    const frames = counted ?? delimited(bytes);
    if (frames === null) return null;
    const is = counted === null ? { contentType: PROTOBUF } : {};
    return {
      leaves: frameLeaves(
        source,
        frames.map(([start, end]) => ({ bytes: bytes.subarray(start, end), ...is })),
      ),
    };
  },
};
