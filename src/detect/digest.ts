import { createHash, createHmac, getHashes } from 'node:crypto';
import { limits } from '../limits.js';
import type { CanonicalText } from './forms/canonical.js';
import { notationOf } from './notation.js';

/**
 * Digests of known values. A digest of a phone number or an IMEI is still personal data (there are few enough to try them all),
 * and apps send it as if it were not. Digests are never automaton patterns: 10,000 of them make 304,000 states and 46 MB/s, a
 * set probe for each token of the right length costs next to nothing.
 */
export interface KnownDigest {
  /** Index of the value it was made from. */
  readonly value: number;
  /** `md5`, `md5-16`, `sha1`, `sm3`, `md5(md5)`, `hmac-sha256`, ... */
  readonly form: string;
  /** How the value was written before it was hashed. */
  readonly text: string;
  /** The same in a word: `plain`, `country-code`, `separators`. */
  readonly writing: string;
  /** Character for character (`notationOf`); null where the word says it all. */
  readonly notation: string | null;
  /** What was hashed, where the form alone does not say it: `x` is the value so written, `salt1` the first of the persona's `salts`. */
  readonly recipe: string | null;
  readonly salted: boolean;
}

export interface DigestSet {
  readonly size: number;
  /** Which hashes this Node can compute; the others were not looked for. */
  readonly algorithms: readonly string[];
  /** True when `limits.knownDigests` was reached: those of separated salts are missing first, then those of the last salts. */
  readonly truncated: boolean;
  /** The digest that equals `length` bytes at `at`, if one does. */
  find(bytes: Uint8Array, at: number, length: number): KnownDigest | null;
  /** A bit for each value of `filterBit` over a digest's first four bytes, for scans that try every offset. */
  readonly filter: Uint8Array;
}

/** MD4 is absent in OpenSSL 3; CRC32 is left out, because 32 bits collide. */
const ALGORITHMS = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sm3'] as const;
const SALTED = ['md5', 'sha1', 'sha256', 'sm3'] as const;
const KEYED = ['md5', 'sha1', 'sha256', 'sha512', 'sm3'] as const;
/** What apps put between a value and their salt. */
const SEPARATORS = [':', '_', '-', '|', '&', '#', ',', '.'] as const;
/** Outer and inner hash: the inner one as lower-case or upper-case hex, which is what SDKs of two layers do. */
const SECOND_ORDER = [
  ['md5', 'md5'],
  ['sha1', 'md5'],
  ['sha256', 'md5'],
  ['md5', 'sha1'],
  ['md5', 'sha256'],
  ['sha1', 'sha1'],
  ['sha256', 'sha256'],
] as const;

const FILTER_BITS = 20;

/**
 * Hashes every writing of every value.
 * @param values writings per value, in the order of the persona; @param salts strings the app is known to mix in.
 */
export function buildDigests(values: ReadonlyArray<readonly CanonicalText[]>, salts: readonly string[]): DigestSet {
  const has = computable();
  const entries = new Map<string, KnownDigest>();
  let truncated = false;
  const put = (bytes: Buffer, known: KnownDigest) => {
    const id = bytes.toString('latin1');
    if (entries.has(id)) return;
    if (entries.size >= limits.knownDigests) truncated = true;
    else entries.set(id, known);
  };
  const each = (visit: (value: number, canonical: CanonicalText) => void) =>
    values.forEach((texts, value) => {
      for (const canonical of texts) visit(value, canonical);
    });
  const into = (value: number, canonical: CanonicalText, salted: boolean): Emit => {
    const written = writtenAs(canonical);
    return (bytes, form, recipe) => put(bytes, { value, form, text: canonical.text, ...written, recipe: recipe ?? null, salted });
  };
  each((value, canonical) => plainDigests(canonical.text, has, into(value, canonical, false)));
  const named: readonly Salt[] = salts.map((text, index) => ({ name: `salt${index + 1}`, text }));
  for (const salt of named) each((value, canonical) => saltedDigests(canonical.text, salt, has, into(value, canonical, true)));
  // Last, for they are the least likely and the most: what does not fit must be one of them. Of each value only as it is usually written.
  for (const salt of named)
    each((value, canonical) => {
      if (canonical.form === 'plain' && !truncated) separatedDigests(canonical.text, salt, has, into(value, canonical, true));
    });
  return { ...index(entries), algorithms: ALGORITHMS.filter(has), truncated };
}

/** A digest without salt, and how to make it again. */
export type MadeDigest = Pick<KnownDigest, 'form' | 'writing' | 'notation' | 'recipe'>;

/** Digests of one value, without salts. @param give gets each once, its bytes in small hex. */
export function eachDigest(texts: readonly CanonicalText[], give: (hex: string, digest: MadeDigest) => void): void {
  const has = computable();
  for (const canonical of texts) {
    const written = writtenAs(canonical);
    plainDigests(canonical.text, has, (bytes, form, recipe) => give(bytes.toString('hex'), { form, ...written, recipe: recipe ?? null }));
  }
}

/** @returns whether this Node can compute a hash. */
function computable(): (name: string) => boolean {
  const available = new Set(getHashes().map((name) => name.toLowerCase()));
  return (name) => available.has(name) || available.has(`rsa-${name}`);
}

function writtenAs({ text, form: writing }: CanonicalText): Pick<KnownDigest, 'writing' | 'notation'> {
  // Digits as they are need no more than the word.
  return { writing, notation: writing === 'plain' && /^\d+$/.test(text) ? null : notationOf(text) };
}

/** One of the persona's `salts`, and what a recipe calls it. */
interface Salt {
  readonly name: string;
  readonly text: string;
}

type Emit = (bytes: Buffer, form: string, recipe?: string) => void;

function plainDigests(text: string, has: (name: string) => boolean, emit: Emit): void {
  const inner = new Map<string, string>();
  for (const algorithm of ALGORITHMS) {
    if (!has(algorithm)) continue;
    const bytes = createHash(algorithm).update(text, 'utf8').digest();
    inner.set(algorithm, bytes.toString('hex'));
    emit(bytes, algorithm);
    if (algorithm !== 'md5') continue;
    // "16-bit MD5": the middle half, still common in Chinese server code.
    emit(bytes.subarray(4, 12), 'md5-16');
    emit(nameUuid(bytes), 'md5-uuid');
  }
  for (const [outer, from] of SECOND_ORDER) {
    const hex = inner.get(from);
    if (hex === undefined || !has(outer)) continue;
    for (const variant of [hex, hex.toUpperCase()])
      emit(
        createHash(outer).update(variant, 'latin1').digest(),
        `${outer}(${from})`,
        variant === hex ? `${outer}(${from}(x))` : `${outer}(upper(${from}(x)))`,
      );
  }
}

function saltedDigests(text: string, { name, text: salt }: Salt, has: (name: string) => boolean, emit: Emit): void {
  for (const algorithm of SALTED) {
    if (!has(algorithm)) continue;
    for (const [mixed, order] of [
      [salt + text, `${name} + x`],
      [text + salt, `x + ${name}`],
      [salt + text + salt, `${name} + x + ${name}`],
    ] as const) {
      const bytes = createHash(algorithm).update(mixed, 'utf8').digest();
      emit(bytes, `${algorithm}+salt`, `${algorithm}(${order})`);
      if (algorithm === 'md5') emit(bytes.subarray(4, 12), 'md5-16+salt', `md5-16(${order})`);
    }
    const inner = createHash(algorithm).update(text, 'utf8').digest('hex');
    for (const [mixed, order] of [
      [inner + salt, `${algorithm}(x) + ${name}`],
      [salt + inner, `${name} + ${algorithm}(x)`],
    ] as const)
      emit(createHash(algorithm).update(mixed, 'utf8').digest(), `${algorithm}(${algorithm})+salt`, `${algorithm}(${order})`);
  }
  for (const algorithm of KEYED)
    if (has(algorithm))
      emit(createHmac(algorithm, salt).update(text, 'utf8').digest(), `hmac-${algorithm}`, `hmac-${algorithm}(${name}, x)`);
}

/** `value:salt`, `salt_value`: the separator stands in the form, so that the tester can redo it. */
function separatedDigests(text: string, { name, text: salt }: Salt, has: (name: string) => boolean, emit: Emit): void {
  const mixes = SEPARATORS.flatMap((separator) => [
    [separator, `${text}${separator}${salt}`, `x + "${separator}" + ${name}`] as const,
    [separator, `${salt}${separator}${text}`, `${name} + "${separator}" + x`] as const,
  ]);
  for (const algorithm of SALTED) {
    if (!has(algorithm)) continue;
    for (const [separator, mixed, order] of mixes) {
      const bytes = createHash(algorithm).update(mixed, 'utf8').digest();
      emit(bytes, `${algorithm}+${separator}+salt`, `${algorithm}(${order})`);
      if (algorithm === 'md5') emit(bytes.subarray(4, 12), `md5-16+${separator}+salt`, `md5-16(${order})`);
    }
  }
}

/** java.util.UUID.nameUUIDFromBytes: an MD5 whose version and variant bits were overwritten (RFC 9562, version 3). */
function nameUuid(md5: Buffer): Buffer {
  const bytes = Buffer.from(md5);
  bytes[6] = (bytes[6]! & 0x0f) | 0x30;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes;
}

/** Open addressing over the first eight bytes; a bit filter before it for scans over every offset. */
function index(entries: ReadonlyMap<string, KnownDigest>): Omit<DigestSet, 'algorithms' | 'truncated'> {
  let capacity = 64;
  while (capacity < entries.size * 2) capacity *= 2;
  const slots = new Int32Array(capacity).fill(-1);
  const stored: Buffer[] = [];
  const known: KnownDigest[] = [];
  const filter = new Uint8Array(1 << (FILTER_BITS - 3));
  for (const [latin1, digest] of entries) {
    const bytes = Buffer.from(latin1, 'latin1');
    let slot = hash(bytes, 0) & (capacity - 1);
    while (slots[slot] !== -1) slot = (slot + 1) & (capacity - 1);
    slots[slot] = stored.length;
    const bit = filterBit(word(bytes, 0));
    filter[bit >> 3]! |= 1 << (bit & 7);
    stored.push(bytes);
    known.push(digest);
  }
  return {
    size: stored.length,
    filter,
    find(bytes, at, length) {
      if (length < 8 || at + length > bytes.length) return null;
      for (let slot = hash(bytes, at) & (capacity - 1); slots[slot] !== -1; slot = (slot + 1) & (capacity - 1)) {
        const candidate = stored[slots[slot]!]!;
        if (candidate.length === length && equals(candidate, bytes, at)) return known[slots[slot]!]!;
      }
      return null;
    },
  };
}

function word(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

function hash(bytes: Uint8Array, at: number): number {
  return Math.imul(word(bytes, at) ^ (word(bytes, at + 4) >>> 7), 0x9e3779b1) >>> 8;
}

/** Bit number in `DigestSet.filter` for four bytes, the first one lowest. */
export function filterBit(four: number): number {
  return Math.imul(four, 0x9e3779b1) >>> (32 - FILTER_BITS);
}

function equals(candidate: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let index = 0; index < candidate.length; index++) if (candidate[index] !== bytes[at + index]) return false;
  return true;
}
