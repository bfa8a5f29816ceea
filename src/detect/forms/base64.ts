import { allowsNeighbours, type Edge } from './boundary.js';

/**
 * A value inside a longer base64 text can begin at three offsets of a group of three bytes. The characters that also hold bits of
 * its neighbours are cut off the pattern; what is left is always the same, but lacks up to a whole byte at either end. Two plates
 * that differ in their last character would then be one, so every hit is decoded in place and compared in full.
 */
export type Alignment = 0 | 1 | 2;

/** Characters before the first one that belongs to the value alone, for each alignment. */
const LEAD = [0, 2, 3] as const;

export interface AlignedText {
  readonly alignment: Alignment;
  /** The characters that depend on nothing but the value. */
  readonly characters: string;
}

/** The three writings of a value inside base64 or base64url. */
export function alignedTexts(value: Uint8Array, encoding: 'base64' | 'base64url'): readonly AlignedText[] {
  return ([0, 1, 2] as const).map((alignment) => {
    const padded = Buffer.concat([Buffer.alloc(alignment), value]);
    const characters = padded.toString(encoding).slice(LEAD[alignment], Math.floor((padded.length * 8) / 6));
    return { alignment, characters };
  });
}

/**
 * Whether the base64 text around `start` really decodes to the value, and its neighbours there leave it standing alone.
 * @param start where the characters of `alignedTexts` were found.
 */
export function holdsInBase64(bytes: Uint8Array, start: number, alignment: Alignment, value: Uint8Array, edge: Edge): boolean {
  let at = start;
  // Back to the beginning of the group; every step must be one base64 character.
  for (let step = 0; step < LEAD[alignment]; step++) {
    const before = characterBefore(bytes, at);
    if (before === null) return false;
    at = before.at;
  }
  const left = alignment === 0 ? lastByteBefore(bytes, at) : null;
  const decoded = decodeFrom(bytes, at, alignment + value.length + 1);
  if (decoded.length < alignment + value.length) return false;
  for (let index = 0; index < value.length; index++) if (decoded[alignment + index] !== value[index]) return false;
  const before = alignment === 0 ? left! : decoded[alignment - 1]!;
  return allowsNeighbours(edge, before, decoded[alignment + value.length] ?? NONE);
}

const NONE = -1;

/** The last byte of the group that ends at `at`. */
function lastByteBefore(bytes: Uint8Array, at: number): number {
  let start = at;
  for (let step = 0; step < 4; step++) {
    const before = characterBefore(bytes, start);
    if (before === null) return NONE;
    start = before.at;
  }
  return decodeFrom(bytes, start, 3)[2] ?? NONE;
}

/** Up to `wanted` bytes decoded from `start`; fewer where the text ends. */
function decodeFrom(bytes: Uint8Array, start: number, wanted: number): readonly number[] {
  const decoded: number[] = [];
  let at = start;
  let bits = 0;
  let held = 0;
  while (decoded.length < wanted) {
    const next = characterAt(bytes, at);
    if (next === null) break;
    at = next.end;
    held = ((held << 6) | next.value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    decoded.push((held >> bits) & 0xff);
  }
  return decoded;
}

/** One base64 character, which may be percent-encoded (`%2B`, `%2F`). */
function characterAt(bytes: Uint8Array, at: number): { readonly value: number; readonly end: number } | null {
  const code = bytes[at];
  if (code === undefined) return null;
  if (code !== 0x25) {
    const value = sextet(code);
    return value < 0 ? null : { value, end: at + 1 };
  }
  if (bytes[at + 1] !== 0x32) return null;
  const second = bytes[at + 2]! | 0x20;
  if (second === 0x62) return { value: 62, end: at + 3 };
  return second === 0x66 ? { value: 63, end: at + 3 } : null;
}

function characterBefore(bytes: Uint8Array, end: number): { readonly at: number } | null {
  if (end >= 3 && bytes[end - 3] === 0x25 && characterAt(bytes, end - 3)?.end === end) return { at: end - 3 };
  return end >= 1 && sextet(bytes[end - 1]!) >= 0 ? { at: end - 1 } : null;
}

function sextet(code: number): number {
  if (code >= 0x41 && code <= 0x5a) return code - 0x41;
  if (code >= 0x61 && code <= 0x7a) return code - 0x47;
  if (code >= 0x30 && code <= 0x39) return code + 4;
  if (code === 0x2b || code === 0x2d) return 62;
  return code === 0x2f || code === 0x5f ? 63 : NONE;
}
