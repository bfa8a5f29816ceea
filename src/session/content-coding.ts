/**
 * Danger: a few compressed bytes may stand for gigabytes. Fences: each coding is inflated within the bounds of the analysis
 * (`Work.inflatable`), or within less where less is wanted, and at most `limits.contentCodings` of them are undone.
 */
import { type Inflated, inflate, inflateZstd } from '../decode/inflate.js';
import { decodersForEncoding } from '../decode/registry.js';
import { Work } from '../decode/work.js';
import { limits } from '../limits.js';
import type { Uncoded, UndoCoding } from '../model/coding.js';

type Inflater = (bytes: Uint8Array, most: number, truncated: boolean) => Inflated | null;

/** By the decoder that stands for a coding: which codings there are, and under which names, is said by the decoders. */
const INFLATERS: Readonly<Record<string, Inflater>> = {
  gzip: (bytes, most, truncated) => inflate('gzip', bytes, most, truncated),
  deflate: (bytes, most, truncated) => inflate('deflate', bytes, most, truncated),
  rawdeflate: (bytes, most, truncated) => inflate('rawdeflate', bytes, most, truncated),
  br: (bytes, most, truncated) => inflate('br', bytes, most, truncated),
  zstd: inflateZstd,
};
/** Their first bytes tell them: of a stream that breaks off what it holds can be trusted. The others make something of any bytes. */
const UNMISTAKABLE = new Set(['gzip', 'deflate', 'zstd']);

interface Step {
  readonly inflated: Inflated;
  readonly short: boolean;
}

/** @returns null where the bytes are not of this coding. */
function undoOne(name: string, bytes: Uint8Array, most: number, truncated: boolean): Step | null {
  const inflaters = decodersForEncoding(name).map(({ id }) => ({ id, run: INFLATERS[id] }));
  for (const { run } of inflaters) {
    const inflated = run?.(bytes, most, truncated) ?? null;
    if (inflated !== null) return { inflated, short: false };
  }
  if (truncated) return null;
  for (const { id, run } of inflaters) {
    const inflated = UNMISTAKABLE.has(id) ? (run?.(bytes, most, true) ?? null) : null;
    if (inflated !== null && inflated.bytes.length > 0) return { inflated, short: true };
  }
  return null;
}

/**
 * The last coding first (RFC 9110 section 8.4), as the analysis takes them off: one that does not fit is passed over, because a
 * recording may have undone it and kept the header.
 */
export const undoCoding: UndoCoding = (bytes, encoding, truncated, most = Number.POSITIVE_INFINITY) => {
  const named = encoding
    .toLowerCase()
    .split(',', limits.contentCodings + 1)
    .map((name) => name.trim());
  const work = new Work();
  let trouble: Uncoded['trouble'] = null;
  let cut: string | null = named.length > limits.contentCodings ? 'contentCodings' : null;
  let current = bytes;
  let partial = truncated;
  for (const name of named.slice(0, limits.contentCodings).reverse()) {
    if (name === '' || name === 'identity' || current.length === 0) continue;
    const room = work.inflatable(current.length);
    const step = undoOne(name, current, Math.min(most, room), partial);
    if (step === null) {
      trouble ??= { name, why: decodersForEncoding(name).length === 0 ? 'unknown' : 'misfit' };
      continue;
    }
    const { inflated, short } = step;
    if (inflated.cut && room <= most) cut = work.inflatableBy(current.length);
    if (short) trouble ??= { name, why: 'short' };
    partial ||= short || inflated.cut;
    current = inflated.bytes;
    work.decoded(current.length, 'body');
  }
  return { bytes: current, trouble, cut };
};
