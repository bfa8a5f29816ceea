import type { Leaf } from './decoder.js';
import { isValueName } from './name-value.js';
import { named, Repeats } from './path.js';
import { unescapePercent } from './percent.js';
import type { Work } from './work.js';

/** Between names; a point between two digits belongs to a number. */
const BETWEEN = /(?:[[\]]|(?<!\d)\.|\.(?!\d))+/;
/** Longest nested form name that is split: `a[b][c]...`. */
const NESTED_NAME = 512;

/**
 * Names inside a form name: PHP and Rails `device[imei]`, `list[0][phone]`, Java `device.imei`, `list[0].phone`. The path keeps
 * the name as it was sent; only `keys` are split.
 */
export function nestedNames(name: string): readonly string[] {
  if (name.length > NESTED_NAME || !/[.[\]]/.test(name) || isValueName(name)) return [name];
  const parts = name.split(BETWEEN).filter((part) => part !== '' && !/^\d+$/.test(part));
  return parts.length === 0 ? [name] : parts;
}

/** Begins like a document, as it stands or percent-encoded. */
const DOCUMENT = /^(?:[{[]|%7B|%5B)/i;
/** Base64 with its padding, which reads like an empty value. */
const PADDED = /^[A-Za-z0-9+/_-]{14,}={1,2}$/;

/**
 * Where the value of a pair without a name ends; -1: it has one. A query of one value alone, base64 that ends in padding, and a document sent
 * as if it were a form, which libraries write as a name: `{...}=`.
 */
function namelessEnd(text: string, start: number, equals: number, end: number): number {
  const whole = start === 0 && end === text.length;
  if (equals < 0 || equals >= end) return whole ? end : -1;
  if (equals === end - 1 && DOCUMENT.test(text.slice(start, start + 3))) return equals;
  return whole && equals >= end - 2 && (end - start) % 4 === 0 && PADDED.test(text) ? end : -1;
}

/** Everything before the last member: the object a nested name belongs to. */
function owner(name: string): string {
  const end = name.endsWith(']') ? name.lastIndexOf('[') : name.lastIndexOf('.');
  return end <= 0 || name.length > NESTED_NAME ? '' : name.slice(0, end);
}

/**
 * `a=1&b=2` as in a query or form body. Names without `=` have an empty value; a value without a name (`namelessEnd`) has the name ''.
 * Repeated names count up: `a`, `a[1]`.
 * @param charset of the escapes, where the content type declares one.
 */
export function readPairs(
  text: string,
  place: { readonly root: string; readonly keys: readonly string[] },
  work: Work,
  charset = '',
): Leaf[] {
  const leaves: Leaf[] = [];
  const repeats = new Repeats();
  const groups = new Map<string, number>([['', work.group()]]);
  const most = work.fieldsLeft + 1;
  let start = 0;
  while (start <= text.length && leaves.length < most) {
    let end = text.indexOf('&', start);
    if (end < 0) end = text.length;
    if (end > start) {
      const equals = text.indexOf('=', start);
      const bare = equals < 0 || equals >= end;
      const stop = namelessEnd(text, start, equals, end);
      const name = stop >= 0 ? '' : unescapePercent(text.slice(start, bare ? end : equals), true, charset).text;
      const from = stop >= 0 ? start : bare ? end : equals + 1;
      const to = stop >= 0 ? stop : end;
      const { text: value, step, bytes } = unescapePercent(text.slice(from, to), true, charset);
      const of = owner(name);
      let group = groups.get(of);
      if (group === undefined) {
        group = work.group();
        groups.set(of, group);
      }
      let keys = place.keys;
      if (name !== '') for (const part of nestedNames(name)) keys = named(keys, part);
      const leaf: Leaf = { path: repeats.path(place.root, name), keys, value, kind: 'string', group, step, start: from, end: to };
      leaves.push(bytes === null ? leaf : { ...leaf, kind: 'binary', bytes });
    }
    start = end + 1;
  }
  return leaves;
}
