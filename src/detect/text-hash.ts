import { limits } from '../limits.js';

/** FNV-1a over the characters (Fowler, Noll, Vo: draft-eastlake-fnv), but for where it starts. */
export function hashFrom(start: number, text: string): number {
  let hash = start;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}

/** The same from a small number, which is spread over all bits. @param salt what else the answer depends on. */
export function hashOf(text: string, salt: number): number {
  return hashFrom(Math.imul(salt, 0x9e3779b1), text);
}

/** The place of a hash in a table of `limits.readingsKept`, which is a power of two. */
export function slotOf(hash: number): number {
  return (hash ^ (hash >>> 15)) & (limits.readingsKept - 1);
}

/** A flat copy: a text that was cut out of a message holds on to the whole of it. */
export function copied(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
