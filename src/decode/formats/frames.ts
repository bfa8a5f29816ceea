import { limits } from '../../limits.js';
import type { Decoder } from '../decoder.js';
import { frameLeaves } from '../frame.js';

/** Ways to write a length: bytes, and whether the least comes first. */
const LENGTHS = [
  { width: 4, little: false, least: 1 },
  { width: 4, little: true, least: 1 },
  // Two bytes fit by chance more often: one frame is not enough.
  { width: 2, little: false, least: 2 },
  { width: 2, little: true, least: 2 },
] as const;

type Length = (typeof LENGTHS)[number];

/** A frame shorter than this is a number of the app's own rather than a message. */
const SHORTEST = 8;

/** Where each frame begins and ends, if lengths and frames take up the bytes exactly; null: they do not. */
function framesOf(bytes: Uint8Array, { width, little, least }: Length): ReadonlyArray<readonly [start: number, end: number]> | null {
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

/** Messages one behind the other, each after its length in two or four bytes, which end exactly with the bytes. */
export const decoder: Decoder = {
  id: 'frames',
  order: 94,
  guess: (bytes, { truncated }) => !truncated && bytes.length >= SHORTEST + 2 && LENGTHS.some((length) => framesOf(bytes, length) !== null),
  open(source) {
    const { bytes, truncated } = source;
    const frames = truncated
      ? null
      : LENGTHS.reduce<ReturnType<typeof framesOf>>((found, length) => found ?? framesOf(bytes, length), null);
    if (frames === null) return null;
    return {
      leaves: frameLeaves(
        source,
        frames.map(([start, end]) => ({ bytes: bytes.subarray(start, end) })),
      ),
    };
  },
};
