/**
 * Danger: the objects of an archive refer to each other by their places, so that a hundred bytes may describe an endless or doubling tree.
 * Fences: depth, fields, and every object that is looked at costs work.
 */
import { limits } from '../limits.js';
import { element, member, named } from './path.js';
import type { Place } from './typed.js';
import type { Work } from './work.js';

/** What an object costs, in bytes read. */
export const OBJECT_COST = 1_024;
/** What each member of a list costs on top: a list of a hundred thousand may stand in itself at every level. */
export const MEMBER_COST = 32;

/** How a property list, in XML or binary, shows its objects; `T` is one of them. */
export interface Archive<T> {
  members(object: T): ReadonlyMap<string, T> | null;
  elements(object: T): readonly T[] | null;
  text(object: T): string | null;
  /** Position in the archive's list that stands in its place; null: it is no reference. */
  reference(object: T): number | null;
  /** Keeps an object that is neither a container nor a reference. */
  leaf(object: T, place: Place): void;
  /** Nothing more is to be read: it is broken, or the message has its fields. */
  ended(): boolean;
}

/**
 * Reads what NSKeyedArchiver wrote: a property list of which `$objects` is one flat list, and `$top` names the first of them. A dictionary has its
 * names beside its values, texts and bytes are wrapped, and everything refers to everything by its place in the list.
 * @param root the property list. @returns false where it is no archive; nothing was kept then.
 */
export function readArchive<T>(archive: Archive<T>, root: T, path: string, keys: readonly string[], work: Work): boolean {
  const members = archive.members(root);
  const [list, top] = [members?.get('$objects'), members?.get('$top')];
  const objects = list === undefined || members?.has('$archiver') !== true ? null : archive.elements(list);
  if (objects === null || top === undefined) return false;
  const at = (object: T): T | undefined => {
    const position = archive.reference(object);
    return position === null ? object : objects[position];
  };

  function read(object: T, place: Place, depth: number): void {
    if (depth >= limits.jsonDepth) {
      work.hit(place.path, 'jsonDepth');
      return;
    }
    if (archive.ended() || !work.read(OBJECT_COST, place.path)) return;
    if (archive.reference(object) !== null) {
      const target = at(object);
      // Number 0 is `$null`; a class describes the program and not its data.
      if (target === undefined || target === objects?.[0] || archive.members(target)?.has('$classname') === true) return;
      readObject(target, place, depth + 1);
      return;
    }
    const elements = archive.elements(object);
    const inner = elements === null ? archive.members(object) : null;
    if (elements !== null) readList(elements, null, place, depth);
    else if (inner !== null) readMembers(inner, place, depth);
    else archive.leaf(object, place);
  }

  /** An archived object: names beside values, a list, a wrapped text or bytes, or members of its own. */
  function readObject(object: T, place: Place, depth: number): void {
    const inner = archive.members(object);
    const values = inner?.get('NS.objects');
    const wrapped = inner?.get('NS.string') ?? inner?.get('NS.data') ?? inner?.get('NS.time');
    if (inner === null) read(object, place, depth);
    else if (values !== undefined) {
      const names = inner.get('NS.keys');
      readList(archive.elements(values) ?? [], names === undefined ? null : (archive.elements(names) ?? []), place, depth);
    } else if (wrapped !== undefined) read(wrapped, place, depth + 1);
    else readMembers(inner, place, depth);
  }

  function readList(list: readonly T[], names: readonly T[] | null, { path, keys, group }: Place, depth: number): void {
    const own = names === null ? group : work.group();
    for (let i = 0; i < list.length && !archive.ended(); i++) {
      const title = names?.[i];
      const target = title === undefined ? undefined : at(title);
      const name = names === null ? null : ((target === undefined ? null : archive.text(target)) ?? String(i));
      if (name === null) read(list[i]!, { path: element(path, i), keys, group: own }, depth + 1);
      else read(list[i]!, { path: member(path, name), keys: named(keys, name), group: own }, depth + 1);
    }
  }

  function readMembers(inner: ReadonlyMap<string, T>, { path, keys }: Place, depth: number): void {
    const own = work.group();
    for (const [name, value] of inner)
      if (name !== '$class' && !archive.ended()) read(value, { path: member(path, name), keys: named(keys, name), group: own }, depth + 1);
  }

  read(top, { path: member(path, '$top'), keys, group: work.group() }, 0);
  return true;
}
