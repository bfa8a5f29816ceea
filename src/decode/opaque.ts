import { limits } from '../limits.js';
import { OPAQUE_SHAPE, type Opaque, type Part } from '../model/field.js';
import type { UnreadPart } from './decoder.js';
import { isMediaMime, mediaOf, sealedOf } from './media.js';
import type { Node, NodeOrigin } from './node.js';

/** Measured noise: what `Opaque` reports about bytes that nobody could open. */
export interface Assessment {
  readonly entropy: number;
  readonly expected: number;
  readonly shape: readonly string[];
}

/** Shannon entropy of the byte frequencies, bits per byte (plug-in estimate). */
export function entropyOf(bytes: Uint8Array): number {
  return bytes.length === 0 ? 0 : entropyBy(countsOf(bytes), bytes.length);
}

function entropyBy(counts: Uint32Array, length: number): number {
  let sum = 0;
  for (const count of counts) if (count > 0) sum += count * Math.log2(count);
  return Math.log2(length) - sum / length;
}

/** How often each byte occurs. Long inputs go into two tables in turn: in runs of one byte every count waits for the one before. */
function countsOf(bytes: Uint8Array): Uint32Array {
  const counts = new Uint32Array(256);
  const paired = bytes.length < 4_096 ? 0 : bytes.length & ~1;
  const others = paired === 0 ? counts : new Uint32Array(256);
  for (let i = 0; i < paired; i += 2) {
    counts[bytes[i]!]!++;
    others[bytes[i + 1]!]!++;
  }
  for (let i = paired; i < bytes.length; i++) counts[bytes[i]!]!++;
  if (paired > 0) for (let byte = 0; byte < 256; byte++) counts[byte]! += others[byte]!;
  return counts;
}

const expectedCache = new Map<number, number>();

/**
 * Mean plug-in entropy of `length` uniformly random bytes: 5.77 at 64, 7.17 at 256, 7.955 at 4,096 (simulated; the exact sum
 * over the binomial distribution of one byte's count gives the same). Above 512 bytes 8 - 255/(2 n ln 2) is within 0.002
 * (Miller-Madow). Comparing with a fixed 7.5 would call every short ciphertext clean.
 */
export function expectedEntropy(length: number): number {
  if (length <= 0) return 0;
  if (length > 1024) return 8 - 255 / (2 * length * Math.LN2);
  const known = expectedCache.get(length);
  if (known !== undefined) return known;
  let probability = (255 / 256) ** length;
  let sum = 0;
  for (let k = 1; k <= length; k++) {
    probability *= (length - k + 1) / k / 255;
    sum += probability * k * Math.log2(k);
  }
  const expected = Math.log2(length) - (256 / length) * sum;
  expectedCache.set(length, expected);
  return expected;
}

/** Share of the expected entropy from which bytes count as noise. Serialised structures stay below 0.85, deflate and AES above 0.97. */
const NOISE_SHARE = 0.95;
/** Noise of 64 bytes, the least that is measured, shows 5.48 bits even so: no fewer byte values than this make as many. */
const NOISE_BYTES = Math.floor(2 ** (NOISE_SHARE * expectedEntropy(64)));

/** Blocks of AES and SM4, and of DES and 3DES. */
const BLOCKS = [16, 8];

/** False where no block of 8 or 16 bytes occurs again, by the first four bytes of each eight: nearly all noise ends here, and no block is copied. */
function mayRepeat(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const seen = new Set<number>();
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    const word = view.getUint32(at);
    if (seen.has(word)) return true;
    seen.add(word);
  }
  return false;
}

/** Number of blocks that occur again; in noise none does (ECB shows equal plaintext blocks). */
function repeatedBlocks(bytes: Uint8Array, size: number): { readonly repeated: number; readonly distinct: Uint8Array } {
  const seen = new Set<string>();
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const distinct: Uint8Array[] = [];
  let repeated = 0;
  for (let i = 0; i + size <= view.length; i += size) {
    const block = view.toString('latin1', i, i + size);
    if (seen.has(block)) repeated++;
    else {
      seen.add(block);
      distinct.push(view.subarray(i, i + size));
    }
  }
  return { repeated, distinct: Buffer.concat(distinct) };
}

/** Modulus sizes of RSA-1024 to RSA-4096. */
const RSA = new Map([
  [128, 'rsa-1024'],
  [256, 'rsa-2048'],
  [384, 'rsa-3072'],
  [512, 'rsa-4096'],
]);

/** The same of bytes that count as unread whatever they look like, because the tester's own module failed on them. */
function measured(bytes: Uint8Array): Assessment {
  return { entropy: round(entropyOf(bytes)), expected: round(expectedEntropy(bytes.length)), shape: [] };
}

/** @returns null where the bytes are too few, or do not look encrypted or compressed. */
export function assess(bytes: Uint8Array): Assessment | null {
  if (bytes.length < limits.opaqueBytes) return null;
  const counts = countsOf(bytes);
  const entropy = entropyBy(counts, bytes.length);
  const expected = expectedEntropy(bytes.length);
  const shape: string[] = [];
  if (bytes.length % 16 === 0) shape.push('multiple-of-16');
  else if (bytes.length % 8 === 0) shape.push('multiple-of-8');
  const rsa = RSA.get(bytes.length);
  if (rsa !== undefined) shape.push(rsa);
  let noise = entropy >= expected * NOISE_SHARE;
  if (bytes.length % 8 === 0 && counts.reduce((kinds, count) => kinds + Number(count > 0), 0) >= NOISE_BYTES) {
    // Equal blocks lower the entropy of the whole, so the distinct ones are measured: ciphertext stays noise there, padding and tables do not.
    // The beginning tells: what an inflater made of a bomb has a million blocks.
    const beginning = bytes.subarray(0, limits.bodyKept);
    const isFound = (size: number) => {
      if (bytes.length % size !== 0) return false;
      const { repeated, distinct } = repeatedBlocks(beginning, size);
      return repeated > 0 && distinct.length >= 64 && entropyOf(distinct) >= expectedEntropy(distinct.length) * NOISE_SHARE;
    };
    if (mayRepeat(beginning) && BLOCKS.some(isFound)) {
      shape.push('repeated-blocks');
      noise = true;
    }
  }
  return noise ? { entropy: round(entropy), expected: round(expected), shape } : null;
}

function round(bits: number): number {
  return Math.round(bits * 1000) / 1000;
}

/** Names of values that are random by purpose and carry nothing: signatures, digests, tickets, keys and certificates in public. */
const CREDENTIAL =
  /(token|sign|signature|sig|auth|authorization|session|sess|sid|ticket|jwt|csrf|xsrf|nonce|cert|certificate|hash|digest|checksum|hmac|md5|sha\d*|captcha|cookie|pubkey|publickey|etag|rand|random|salt|challenge|assertion|attestation)$/i;

/**
 * Whether noise at this place is a payload. Cookies and authorisation headers hold tickets that the server itself gave out, and
 * a value called `sign` is a signature: neither is a hiding place worth an accusation. A cookie that looks encrypted
 * is as often a fingerprint that the app made, and no single message tells which; an address holds names of files and of pictures, which the server gave out too.
 */
export function isPayloadPlace(part: Part, keys: readonly string[], base: boolean): boolean {
  if (base) return true;
  if (part === 'cookie' || part === 'url') return false;
  const name = (keys.at(-1) ?? '').replace(/[^a-z0-9]/gi, '');
  return !CREDENTIAL.test(name);
}

/** What is to be said of a node that resisted; null: nothing. Reading it counts for the budget. */
export function opaqueNode(node: Node): Opaque | null {
  const { path, part, keys, steps, base, work } = node.origin;
  if (node.read !== null || !isPayloadPlace(part, keys, base)) return null;
  const media = mediaOf(node.bytes);
  const sealed = sealedOf(media);
  if ((sealed === null && (media !== null || isMediaMime(node.mime))) || !work.read(node.size, path)) return null;
  const { failed } = node;
  const found = assess(node.bytes) ?? (failed === null ? null : measured(node.bytes)) ?? unread(node, sealed);
  if (found === null) return null;
  const shape = sealed === null ? found.shape : [sealed, ...found.shape];
  return { ...(failed === null ? {} : { failed }), path, part, steps, bytes: node.size, ...found, shape, tried: [...new Set(node.tried)] };
}

/** The same of a part of a document that its decoder could not read. @param steps those of the document's values. */
export function opaquePart({ origin }: Node, { path, bytes, shape }: UnreadPart, steps: readonly string[]): Opaque {
  const place = path === null ? { path: origin.path, steps: origin.steps } : { path, steps };
  return { ...place, part: origin.part, bytes: bytes.length, ...measured(bytes), shape, tried: steps.slice(-1) };
}

/** A text between whose markup or source names with values were left as they stood: it was searched, only not understood. */
export function opaqueSource({ origin: { path, part, steps } }: Node, text: string): Opaque {
  const bytes = Buffer.from(text.slice(0, limits.fieldText));
  return {
    path,
    part,
    steps,
    ...measured(bytes),
    bytes: Buffer.byteLength(text),
    shape: [OPAQUE_SHAPE.source, OPAQUE_SHAPE.readableText],
    tried: ['record'],
  };
}

/**
 * What no entropy tells of: an archive by its magic number, a whole message of a few numbers and more, and a value as long as one that
 * is measured.
 */
function unread({ bytes, origin }: Node, sealed: string | null): Assessment | null {
  if (sealed !== null) return measured(bytes);
  if (bytes.length < (isMessage(origin) ? limits.unreadBytes : limits.opaqueBytes)) return null;
  const found = measured(bytes);
  // A line of equal characters is base64, too, of a few bytes again and again.
  if (!isMessage(origin) && found.entropy < found.expected * LEAST_SHARE) return null;
  return {
    ...found,
    shape: isReadable(bytes) ? [OPAQUE_SHAPE.unknownFormat, OPAQUE_SHAPE.readableText] : [OPAQUE_SHAPE.unknownFormat],
  };
}

/** Whether this is all that was sent, or one of several messages in it. */
function isMessage({ base, frame, parent }: NodeOrigin): boolean {
  return base || (frame && parent?.origin.base === true);
}

/** Share of the expected entropy below which a value holds next to nothing: serialised structures have 0.6 to 0.85 of it. */
const LEAST_SHARE = 0.6;

/** Bytes of the shortest word that chance does not write among noise. */
const WORD = 6;
const IN_WORD = new Uint8Array(128);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:/ -') IN_WORD[char.charCodeAt(0)] = 1;

/** Whether half of the bytes are words and numbers in clear, as in what programs serialise: they are searched, only not understood. */
function isReadable(bytes: Uint8Array): boolean {
  let clear = 0;
  let run = 0;
  for (const byte of bytes) {
    run = byte < 0x80 && IN_WORD[byte] === 1 ? run + 1 : 0;
    if (run === WORD) clear += WORD;
    else if (run > WORD) clear++;
  }
  return clear * 2 >= bytes.length;
}

/** Characters that base64 has, and most encodings of its kind: the share of their entropy tells a text without words. */
const ALPHABET = 64;
const TEXT_SHARE = 0.9;

/**
 * The same of a text that stayed one: without white space, and with its characters as evenly spread as only an encoding or a cipher spreads them. The
 * names, numbers and addresses that people and programs write use few characters often.
 */
export function opaqueText(node: Node, text: string): Opaque | null {
  const { path, part, keys, steps, base, work } = node.origin;
  if (text.length < limits.opaqueText || !isPayloadPlace(part, keys, base) || isMediaMime(node.mime)) return null;
  if (!work.read(text.length, path)) return null;
  const counts = new Uint32Array(256);
  const length = Math.min(text.length, limits.fieldText);
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0xff || code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d) return null;
    counts[code]!++;
  }
  let entropy = Math.log2(length);
  for (const count of counts) if (count > 0) entropy -= (count * Math.log2(count)) / length;
  // Miller-Madow for a uniform choice among so many characters.
  const expected = Math.log2(ALPHABET) - (ALPHABET - 1) / (2 * length * Math.LN2);
  if (entropy < expected * TEXT_SHARE) return null;
  const shape = [OPAQUE_SHAPE.unknownEncoding];
  return {
    path,
    part,
    steps,
    bytes: text.length,
    entropy: round(entropy),
    expected: round(expected),
    shape,
    tried: [...new Set(node.tried)],
  };
}
