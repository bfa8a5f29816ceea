import { isUtf8 } from 'node:buffer';
import { ANCHOR, anchorOffset, buildAutomaton, FOLD } from './automaton.js';
import type { DigestSet, KnownDigest } from './digest.js';
import { scanDigestBytes, scanDigestTokens } from './digest-scan.js';
import { holdsInBase64 } from './forms/base64.js';
import { binaryPatterns } from './forms/binary.js';
import { standsAlone } from './forms/boundary.js';
import { byteListPatterns } from './forms/byte-list.js';
import type { CanonicalValue } from './forms/canonical.js';
import { encodedPatterns, type Pattern } from './forms/encoding.js';
import { buildXorSearch } from './known-xor.js';

/** A known value (or a digest of one) at a place in bytes. */
export interface ByteHit {
  /** Index of the value in the persona. */
  readonly value: number;
  readonly detector: 'known-value' | 'digest';
  readonly form: string;
  /** null for known values. */
  readonly digest: KnownDigest | null;
  readonly start: number;
  readonly end: number;
  /** The decoded value; for a digest the text of the digest is what was found, and this is null. */
  readonly text: string | null;
}

/** One pass over bytes for everything that is known. */
export interface KnownSearch {
  readonly patterns: number;
  readonly states: number;
  /**
   * Reports each hit; a value may be reported several times, in several forms. Stops early when `onHit` returns true.
   * @param binary whether the bytes are no text, where that is known already.
   */
  search(bytes: Uint8Array, onHit: (hit: ByteHit) => boolean, binary?: boolean): boolean;
}

interface Half {
  readonly states: number;
  readonly patterns: number;
  scan(bytes: Uint8Array, onPattern: (pattern: Pattern, value: number, start: number) => boolean): boolean;
}

/**
 * Builds the search.
 * @param values in the order of the persona; hits name them by index.
 */
export function buildKnownSearch(values: readonly CanonicalValue[], digests: DigestSet): KnownSearch {
  const textual = half(values, (value) => [...value.texts.flatMap((text) => encodedPatterns(text)), ...byteListPatterns(value)], true);
  const binary = half(values, binaryPatterns, false);
  const xor = buildXorSearch(values);
  return {
    patterns: textual.patterns + binary.patterns,
    states: textual.states + binary.states,
    search(bytes, onHit, binaryBytes) {
      const report = (pattern: Pattern, value: number, start: number) =>
        onHit({
          value,
          detector: 'known-value',
          form: pattern.form,
          digest: null,
          start,
          end: start + pattern.bytes.length,
          text: pattern.text,
        });
      if (textual.scan(bytes, report)) return true;
      let stop = false;
      const reportDigest = (hit: Parameters<Parameters<typeof scanDigestTokens>[2]>[0]) => {
        const { digest, start, end } = hit;
        stop ||= onHit({ value: digest.value, detector: 'digest', form: digest.form, digest, start, end, text: null });
      };
      scanDigestTokens(bytes, digests, reportDigest);
      if (stop || !(binaryBytes ?? isBinary(bytes))) return stop;
      if (binary.scan(bytes, report)) return true;
      scanDigestBytes(bytes, digests, reportDigest);
      if (stop) return true;
      return xor.scan(bytes, ({ value, start, end, key, text }) => {
        const form = `xor-${key.toString(16).padStart(2, '0')}`;
        return onHit({ value, detector: 'known-value', form, digest: null, start, end, text });
      });
    },
  };
}

/** Control bytes that no text format uses, or bytes that are no UTF-8. Everything else is spared the second pass. */
export function isBinary(bytes: Uint8Array): boolean {
  return holdsControls(bytes) || !isUtf8(bytes);
}

const WORTH_A_VIEW = 128;

/** Looks at four bytes at once: of most there is none below a blank. */
function holdsControls(bytes: Uint8Array): boolean {
  const { buffer, byteOffset, length } = bytes;
  // A view costs more than looking at a token byte by byte.
  if (length < WORTH_A_VIEW) return hasControl(bytes, 0, length);
  const before = Math.min(length, (4 - (byteOffset & 3)) & 3);
  if (hasControl(bytes, 0, before)) return true;
  const words = new Int32Array(buffer, byteOffset + before, (length - before) >> 2);
  for (let index = 0; index < words.length; index++) {
    const four = words[index]!;
    // Some byte is below 0x20 (Mycroft, 1987: whether a word holds a byte less than n).
    if (((four - 0x20202020) & ~four & 0x80808080) === 0) continue;
    const at = before + index * 4;
    if (hasControl(bytes, at, at + 4)) return true;
  }
  return hasControl(bytes, before + words.length * 4, length);
}

function hasControl(bytes: Uint8Array, from: number, to: number): boolean {
  for (let index = from; index < to; index++) {
    const byte = bytes[index]!;
    if (byte < 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09 && byte !== 0x0c) return true;
  }
  return false;
}

function half(values: readonly CanonicalValue[], make: (value: CanonicalValue) => readonly Pattern[], foldCase: boolean): Half {
  const anchors = new Map<string, { bytes: Uint8Array; members: Array<{ pattern: Pattern; value: number; offset: number }> }>();
  let patterns = 0;
  values.forEach((canonical, value) => {
    for (const pattern of make(canonical)) {
      patterns++;
      const offset = anchorOffset(pattern.bytes);
      const cut = pattern.bytes.subarray(offset, offset + ANCHOR);
      const bytes = foldCase ? Uint8Array.from(cut, (byte) => FOLD[byte]!) : Uint8Array.from(cut);
      const id = Buffer.from(bytes).toString('latin1');
      const known = anchors.get(id);
      const member = { pattern, value, offset: offset + bytes.length };
      if (known === undefined) anchors.set(id, { bytes, members: [member] });
      else known.members.push(member);
    }
  });
  const list = [...anchors.values()];
  const automaton = buildAutomaton(
    list.map(({ bytes }) => bytes),
    { foldCase },
  );
  return {
    states: automaton.states,
    patterns,
    scan: (bytes, onPattern) =>
      automaton.scan(bytes, (anchor, end) => {
        for (const { pattern, value, offset } of list[anchor]!.members) {
          const start = end - offset;
          if (start >= 0 && matches(pattern, bytes, start) && onPattern(pattern, value, start)) return true;
        }
        return false;
      }),
  };
}

function matches(pattern: Pattern, bytes: Uint8Array, start: number): boolean {
  const size = pattern.bytes.length;
  if (start + size > bytes.length) return false;
  if (pattern.fold) {
    for (let index = 0; index < size; index++) if (FOLD[bytes[start + index]!] !== pattern.bytes[index]) return false;
  } else for (let index = 0; index < size; index++) if (bytes[start + index] !== pattern.bytes[index]) return false;
  if (pattern.base64 !== null) return holdsInBase64(bytes, start, pattern.base64.alignment, pattern.base64.value, pattern.edge);
  return standsAlone(bytes, start, start + size, pattern.edge, pattern.writing);
}
