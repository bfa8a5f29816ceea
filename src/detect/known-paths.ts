import type { Field, Layer } from '../model/field.js';

/** A found value with the place it stands at, before duplicates are dropped. */
export interface PlacedHit {
  /** Index of the value in the persona. */
  readonly value: number;
  readonly path: string;
  /** Bytes from the start of the field or layer. */
  readonly start: number;
  readonly end: number;
}

/**
 * Whether a field lies inside a layer. The raw request target holds path and query, the raw header block holds headers and
 * cookies; every other layer's path is the beginning of the paths of its fields.
 */
export function isInside(layer: Pick<Layer, 'path' | 'part'>, field: Pick<Field, 'path' | 'part'>): boolean {
  if (isBelow(layer.path, field.path) || layer.path === field.path) return true;
  if (layer.path.includes('|') || layer.path.includes('$')) return false;
  if (layer.part === 'url' || layer.part === 'query') return field.part === 'url' || field.part === 'query';
  if (layer.part === 'header') return field.part === 'header' || field.part === 'cookie';
  return layer.part === 'trailer' && field.part === 'trailer';
}

/** `body.$.a|base64` and `body.$.a[0]` are below `body.$.a`; `body.$.ab` is not. */
export function isBelow(outer: string, inner: string): boolean {
  if (inner.length <= outer.length || !inner.startsWith(outer)) return false;
  const next = inner[outer.length];
  return next === '.' || next === '[' || next === '|';
}

/**
 * Drops what was found by taking a field apart that is the value already, readable as it stands: an Android ID is 16 hex digits, and
 * its eight bytes below `|hex` are no second sighting and no better one.
 */
export function withoutOpened<T extends PlacedHit & { readonly readable: boolean }>(hits: readonly T[]): readonly T[] {
  const readable = new Map<number, Set<string>>();
  for (const { value, path, readable: whole } of hits) {
    if (!whole) continue;
    const paths = readable.get(value);
    if (paths === undefined) readable.set(value, new Set([path]));
    else paths.add(path);
  }
  if (readable.size === 0) return hits;
  return hits.filter(({ value, path }) => {
    const paths = readable.get(value);
    if (paths === undefined) return true;
    for (let at = path.indexOf('|'); at >= 0; at = path.indexOf('|', at + 1)) if (paths.has(path.slice(0, at))) return false;
    return true;
  });
}

/**
 * Keeps, for each value, the deepest places only: a value in `body.$.data|base64|json$.imei` is not reported again for
 * `body.$.data`.
 */
export function deepestOnly<T extends PlacedHit>(hits: readonly T[]): readonly T[] {
  const above = new Map<number, Set<string>>();
  for (const { value, path } of hits) {
    const known = above.get(value) ?? new Set();
    above.set(value, known);
    for (const ancestor of ancestors(path)) known.add(ancestor);
  }
  return hits.filter(({ value, path }) => !above.get(value)!.has(path));
}

/** Whether a path lies at or below one of these. */
export function isBelowAny(places: ReadonlySet<string>, path: string): boolean {
  if (places.size === 0) return false;
  if (places.has(path)) return true;
  for (const ancestor of ancestors(path)) if (places.has(ancestor)) return true;
  return false;
}

/** The paths that `path` lies below, by its own delimiters. */
function* ancestors(path: string): Generator<string> {
  for (let at = 1; at < path.length; at++) {
    const next = path[at];
    if (next === '.' || next === '[' || next === '|') yield path.slice(0, at);
  }
}

/** For each value and path the longest hit; of equals the first. Order of the survivors is kept. */
export function longestEach<T extends PlacedHit>(hits: readonly T[]): readonly T[] {
  const best = new Map<string, T>();
  for (const hit of hits) {
    const id = `${hit.value} ${hit.path}`;
    const known = best.get(id);
    if (known === undefined || hit.end - hit.start > known.end - known.start) best.set(id, hit);
  }
  return [...best.values()];
}
