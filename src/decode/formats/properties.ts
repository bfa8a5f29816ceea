import type { Decoder, Leaf } from '../decoder.js';
import { member, named } from '../path.js';
import { SHAPE } from '../shape.js';

/** Between pairs, the unmistakable ones first. */
const SEPARATORS = ['\n', ';', '\t', '|', ','] as const;

/** Pieces that are looked at; a list of settings is written by a program, but not a long one. */
const LONGEST = 256 * 1024;

const PAIR = /^\s*([A-Za-z_$][\w$.-]{0,63})\s?=\s?/;

/** Wrappers of Java's `Map.toString()` and Android's `Bundle.toString()`. */
const WRAPPER = /^(?:Bundle\[)?\{(?=[A-Za-z_$])/;

/**
 * Pairs that no standard describes: `imei=...;mac=...`, lines of a properties file, `{imei=..., mac=...}` as Java prints a map.
 * Every piece must be a pair with an identifier for a name; prose and program code never are.
 */
export const decoder: Decoder = {
  id: 'properties',
  order: 66,
  shapes: SHAPE.pairs,
  open(source) {
    const { text, work, root, keys } = source;
    if (text === null || text.length > LONGEST) return null;
    const wrapper = WRAPPER.exec(text.slice(0, 80))?.[0].length ?? 0;
    const end = wrapper === 0 ? text.length : text.lastIndexOf('}');
    const body = text.slice(wrapper, end);
    const separator = SEPARATORS.find((candidate) => body.slice(0, -1).includes(candidate));
    if (separator === undefined || end < 0) return null;
    const group = work.group();
    const leaves: Leaf[] = [];
    let start = wrapper;
    for (const piece of body.split(separator, work.fieldsLeft + 1)) {
      const name = PAIR.exec(piece.slice(0, 80));
      if (name === null && piece.trim() !== '') return null;
      if (name?.[1] !== undefined) {
        const from = name[0].length;
        const value = piece.slice(from).trim();
        leaves.push({
          path: member(root, name[1]),
          keys: named(keys, name[1]),
          value,
          kind: 'string',
          group,
          start: start + from,
          end: start + from + value.length,
        });
      }
      start += piece.length + 1;
    }
    return leaves.length >= 2 ? { leaves } : null;
  },
};
