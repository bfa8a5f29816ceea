import type { CanonicalValue } from './forms/canonical.js';
import { encodeGbk } from './forms/gbk.js';

interface LeafHit {
  readonly value: number;
  readonly form: string;
  /** One of few values, so that equality proves little. */
  readonly common: boolean;
}

export interface LeafTable {
  /** Cheap test that spares most leaves the look-up. */
  mayHold(leaf: string): boolean;
  /** Values that equal the whole leaf. */
  find(leaf: string): readonly LeafHit[];
}

/** Longer texts are no short values, with whatever white space around them. */
const LONGEST = 400;
const NOTHING: readonly LeafHit[] = [];

/** Short and common values, looked up by the whole leaf. Names of two or three characters also in the encodings that decoders skip for being too short. */
export function buildLeafTable(values: readonly CanonicalValue[]): LeafTable {
  const table = new Map<string, LeafHit[]>();
  // A bit for each length and first character: most leaves are turned away without a look-up.
  const starts = new Uint8Array(LONGEST * 256);
  const put = (leaf: string, hit: LeafHit) => {
    if (leaf.length === 0 || leaf.length >= LONGEST) return;
    for (const first of [leaf.charCodeAt(0), leaf.toUpperCase().charCodeAt(0)]) starts[leaf.length * 256 + (first & 0xff)] = 1;
    const known = table.get(leaf);
    if (known === undefined) table.set(leaf, [hit]);
    else if (!known.some(({ value }) => value === hit.value)) known.push(hit);
  };
  values.forEach(({ leaves, leafOnly }, value) => {
    const common = leafOnly === 'common';
    for (const leaf of leaves) {
      put(leaf, { value, form: 'plain', common });
      if (/^[\x20-\x7e]*$/.test(leaf)) continue;
      for (const [encoded, form] of encodings(leaf)) put(encoded, { value, form, common });
    }
  });
  return {
    mayHold(leaf) {
      const size = leaf.length;
      if (size === 0 || size >= LONGEST) return false;
      const first = leaf.charCodeAt(0);
      return starts[size * 256 + (first & 0xff)] === 1 || first <= 0x20 || leaf.charCodeAt(size - 1) <= 0x20;
    },
    find(leaf) {
      if (leaf.length >= LONGEST) return NOTHING;
      const trimmed = leaf.trim();
      return table.get(trimmed) ?? table.get(trimmed.toLowerCase()) ?? NOTHING;
    },
  };
}

function encodings(text: string): ReadonlyArray<readonly [string, string]> {
  const utf8 = Buffer.from(text, 'utf8');
  const gbk = encodeGbk(text);
  const found: Array<readonly [string, string]> = [
    [utf8.toString('base64'), 'base64'],
    [utf8.toString('base64url'), 'base64url'],
    [utf8.toString('hex'), 'hex'],
    [encodeURIComponent(text).toLowerCase(), 'percent'],
  ];
  if (gbk !== null)
    found.push(
      [Buffer.from(gbk).toString('base64'), 'gbk+base64'],
      [[...gbk].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''), 'gbk+percent'],
      [Buffer.from(gbk).toString('latin1'), 'gbk'],
    );
  return found;
}
