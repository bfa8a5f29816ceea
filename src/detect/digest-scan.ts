import { type DigestSet, filterBit, type KnownDigest } from './digest.js';

export interface DigestHit {
  readonly digest: KnownDigest;
  readonly start: number;
  readonly end: number;
  /** `hex`, `base64`, `uuid` or `bytes`. */
  readonly writing: string;
}

const HEX = 1;
const BASE64 = 2;
const DASH = 4;
const CLASS = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  let kind = 0;
  if (/[0-9a-fA-F]/.test(character)) kind |= HEX;
  if (/[A-Za-z0-9+/_-]/.test(character)) kind |= BASE64;
  if (character === '-') kind |= DASH;
  return kind;
});
const VALUE = Uint8Array.from({ length: 256 }, (_, byte) => {
  const digit = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(digit) ? 0 : digit;
});

/** Hex lengths of MD5-16, MD5, SHA-1, SHA-224, SHA-256/SM3, SHA-384, SHA-512. */
const HEX_LENGTHS = new Set([16, 32, 40, 56, 64, 96, 128]);
/** Unpadded base64 lengths of the same, without MD5-16: eleven characters are too common a token. */
const BASE64_BYTES = new Map([
  [22, 16],
  [27, 20],
  [38, 28],
  [43, 32],
  [64, 48],
  [86, 64],
]);
const SHORTEST = 16;
const LONGEST = 128;
const scratch = new Uint8Array(LONGEST);

/**
 * Finds digests written as hex, base64(url) or with UUID dashes. Only a whole run of hex digits counts: a digest inside a longer
 * run is another number.
 */
export function scanDigestTokens(bytes: Uint8Array, digests: DigestSet, onHit: (hit: DigestHit) => void): void {
  const size = bytes.length;
  let at = 0;
  // A run of sixteen that begins at `at` or later covers the byte fifteen further on: where that is no token byte, all before it can be skipped.
  while (at + SHORTEST <= size) {
    let start = at + SHORTEST - 1;
    if ((CLASS[bytes[start]!]! & BASE64) === 0) {
      at = start + 1;
      continue;
    }
    while (start > at && (CLASS[bytes[start - 1]!]! & BASE64) !== 0) start--;
    let end = at + SHORTEST;
    while (end < size && (CLASS[bytes[end]!]! & BASE64) !== 0) end++;
    if (end - start >= SHORTEST) probeRun(bytes, start, end, digests, onHit);
    at = end + 1;
  }
}

function probeRun(bytes: Uint8Array, start: number, end: number, digests: DigestSet, onHit: (hit: DigestHit) => void): void {
  const length = end - start;
  let kinds = HEX;
  let dashes = 0;
  for (let at = start; at < end; at++) {
    const kind = CLASS[bytes[at]!]!;
    if (kind & DASH) dashes++;
    else kinds &= kind;
  }
  if (kinds !== 0 && dashes === 0) {
    if (HEX_LENGTHS.has(length)) probeHex(bytes, start, end, 'hex', digests, onHit);
  } else if (kinds !== 0 && dashes === 4 && length === 36) probeHex(bytes, start, end, 'uuid', digests, onHit);
  else probeHexParts(bytes, start, end, digests, onHit);
  const size = BASE64_BYTES.get(length);
  if (size === undefined) return;
  const decoded = Buffer.from(Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString('latin1'), 'base64url');
  if (decoded.length !== size) return;
  const digest = digests.find(decoded, 0, size);
  if (digest !== null) onHit({ digest, start, end, writing: 'base64' });
}

/** `md5_0cc175b9c0f1b6a831c399e269772661`, `v1-...`, `/api/<hex>`: the hex run within a longer token. */
function probeHexParts(bytes: Uint8Array, start: number, end: number, digests: DigestSet, onHit: (hit: DigestHit) => void): void {
  let from = start;
  for (let at = start; at <= end; at++) {
    if (at < end && CLASS[bytes[at]!]! & HEX) continue;
    if (at - from >= SHORTEST && HEX_LENGTHS.has(at - from)) probeHex(bytes, from, at, 'hex', digests, onHit);
    from = at + 1;
  }
}

function probeHex(
  bytes: Uint8Array,
  start: number,
  end: number,
  writing: string,
  digests: DigestSet,
  onHit: (hit: DigestHit) => void,
): void {
  const { filter } = digests;
  let size = 0;
  let high = -1;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === 0x2d) continue;
    if (high < 0) {
      high = VALUE[byte]!;
      continue;
    }
    scratch[size++] = (high << 4) | VALUE[byte]!;
    high = -1;
    if (size !== 4) continue;
    // Most tokens begin like no digest that is looked for.
    const bit = filterBit(scratch[0]! | (scratch[1]! << 8) | (scratch[2]! << 16) | (scratch[3]! << 24));
    if ((filter[bit >> 3]! & (1 << (bit & 7))) === 0) return;
  }
  const digest = digests.find(scratch.subarray(0, size), 0, size);
  if (digest !== null) onHit({ digest, start, end, writing });
}

/** Raw digests at any offset of binary data, as protobuf, MessagePack and home-made formats carry them. MD5-16 is too short for that. */
export function scanDigestBytes(bytes: Uint8Array, digests: DigestSet, onHit: (hit: DigestHit) => void): void {
  const { filter } = digests;
  if (bytes.length < 16) return;
  // The four bytes at `at`, the first one lowest: each byte is read once.
  let four = (bytes[0]! << 8) | (bytes[1]! << 16) | (bytes[2]! << 24);
  for (let at = 0; at + 16 <= bytes.length; at++) {
    four = (four >>> 8) | (bytes[at + 3]! << 24);
    const bit = filterBit(four);
    if ((filter[bit >> 3]! & (1 << (bit & 7))) === 0) continue;
    for (const length of [16, 20, 28, 32, 48, 64]) {
      const digest = digests.find(bytes, at, length);
      if (digest !== null) onHit({ digest, start: at, end: at + length, writing: 'bytes' });
    }
  }
}
