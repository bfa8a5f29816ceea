import type { DataType } from '../model/rulebook.js';
import { spellingsOf } from './spelling.js';

/** Answers whether the names on the way to a leaf speak of a data type. */
export interface KeyTest {
  agrees(type: string, keys: readonly string[]): boolean;
  /** The same of another data type of its family, if that is one of chosen names: a nickname is sent as the name of an account. */
  isAkin(type: string, keys: readonly string[]): boolean;
}

/** Families of names that people choose for themselves: one is taken for the other. Where a trip begins is no word for where it ends. */
const KINDRED = new Set(['account', 'contact_account']);

/** Type ids and dictionary keys of every kind: for a value that is known already, a weak key is reason enough. */
export function buildKeyTest(types: readonly DataType[]): KeyTest {
  const names = new Map<string, ReadonlySet<string>>();
  const ofFamily = new Map<string, Set<string>>();
  const families = new Map<string, string>();
  for (const { id, family, detect } of types) {
    const all = [id, ...detect.keys, ...detect.weakKeys, ...detect.contextKeys].flatMap(spellingsOf).map((key) => tokens(key).join(''));
    const own = new Set(all.filter((name) => name !== ''));
    names.set(id, own);
    families.set(id, family);
    if (KINDRED.has(family)) ofFamily.set(family, new Set([...(ofFamily.get(family) ?? []), ...own]));
  }
  return {
    agrees: (type, keys) => speaksOf(keys, names.get(type) ?? new Set([tokens(type).join('')])),
    isAkin: (type, keys) => speaksOf(keys, ofFamily.get(families.get(type) ?? '') ?? new Set()),
  };
}

function speaksOf(keys: readonly string[], wanted: ReadonlySet<string>): boolean {
  const last = tokens(keys.at(-1) ?? '');
  const parent = tokens(keys.at(-2) ?? '');
  for (const path of [last, [...parent, ...last]]) {
    // `user_gender`, `deviceImei`, `imeiMd5` all speak of the type: a run of whole tokens decides, never a part of one.
    for (let from = 0; from < path.length; from++)
      for (let to = from + 1; to <= path.length; to++) if (wanted.has(path.slice(from, to).join(''))) return true;
  }
  return false;
}

/** Splits camel, snake, kebab and dotted names; digits at the end of a token are dropped (`phone2`). */
function tokens(name: string): readonly string[] {
  return name
    .slice(0, LONGEST_NAME)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .map((token) => token.replace(/\d+$/, ''))
    .filter((token) => token !== '')
    .slice(0, MOST_TOKENS);
}

/** Names of real keys stay far below; the bounds keep hostile ones cheap. */
const LONGEST_NAME = 120;
const MOST_TOKENS = 8;
