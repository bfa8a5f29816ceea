import { limits } from '../limits.js';

/** Characters of a key that needs no quotes: ASCII word characters, `-`, `@`, `:`, `$`, and everything outside ASCII that is a letter. */
const BARE = new Uint8Array(128);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-@:$') BARE[char.charCodeAt(0)] = 1;

/** Bidirectional and line controls: a key made of them must not be able to rearrange the line it is printed on (Trojan Source). */
const UNPRINTABLE = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff0-\uffff]/g;

function isBare(key: string): boolean {
  if (key.length === 0 || key.length > limits.decodeKey || key === '$') return false;
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i);
    if (code < 128 ? BARE[code] === 0 : code < 0x3400 || code > 0x9fff) return false;
  }
  return true;
}

/** `device` stays as it is, `a b` becomes `["a b"]`. Longer keys than `limits.decodeKey` are cut and end in an ellipsis. */
function quoted(key: string): string {
  const cut = key.length > limits.decodeKey ? `${key.slice(0, limits.decodeKey)}…` : key;
  return `["${JSON.stringify(cut)
    .slice(1, -1)
    .replace(UNPRINTABLE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}"]`;
}

/**
 * Path of a member. A path that has grown to `limits.decodePath` takes no more segments: a document of nested long keys would
 * otherwise cost (depth x key length) characters for every single leaf.
 */
export function member(parent: string, key: string): string {
  if (parent.length > limits.decodePath) return parent.endsWith('…') ? parent : `${parent}…`;
  return isBare(key) ? `${parent}.${key}` : parent + quoted(key);
}

const POSITIONS = Array.from({ length: 256 }, (_, index) => `[${index}]`);

/** Path of an element: `list[0]`. */
export function element(parent: string, index: number): string {
  return parent.length > limits.decodePath ? parent : parent + (POSITIONS[index] ?? `[${index}]`);
}

/** What follows on which names, so that equal names are one array: those who ask what names mean remember it by the array. */
const followers = new WeakMap<readonly string[], Map<string, readonly string[]>>();
/** Names of the next step remembered for one place; a form has some dozens, a hostile one endless. */
const FOLLOWERS = 1_000;
/** The names at the top of a message. */
export const NO_NAMES: readonly string[] = [];

/** Names on the way with one more; at most `limits.decodeKeys`, the outermost are let go first. */
export function named(keys: readonly string[], key: string): readonly string[] {
  let known = followers.get(keys);
  if (known === undefined) {
    known = new Map();
    followers.set(keys, known);
  }
  let names = known.get(key);
  if (names === undefined) {
    const name = key.length > limits.decodeKey ? key.slice(0, limits.decodeKey) : key;
    names = keys.length < limits.decodeKeys ? [...keys, name] : [...keys.slice(1), name];
    if (known.size >= FOLLOWERS) known.clear();
    known.set(name, names);
  }
  return names;
}

/** Numbers repeated names in the order they come: `a`, `a[1]`, `a[2]`. */
export class Repeats {
  readonly #seen = new Map<string, number>();

  path(parent: string, key: string): string {
    const count = this.#seen.get(key) ?? 0;
    this.#seen.set(key, count + 1);
    const path = member(parent, key);
    return count === 0 ? path : element(path, count);
  }
}
