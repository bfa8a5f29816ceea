import type { Decoder, Leaf } from '../decoder.js';
import { readPairs } from '../pairs.js';
import { element } from '../path.js';
import { SHAPE } from '../shape.js';

/** One line: two or more pairs with names that a form has, values percent-encoded as a form has them. */
const LINE = /^[A-Za-z_$][\w$.\-[\]%]{0,127}=[^\s<>"{}=&]*(?:&[A-Za-z_$][\w$.\-[\]%]{0,127}=[^\s<>"{}&]*)+$/;

/** The last of several events may have a name and nothing else. */
const SINGLE = /^[A-Za-z_$][\w$.-]{0,63}=[^\s<>"{}=&]*$/;

/** Lines that are looked at before the rest is trusted. */
const LOOKED_AT = 64;

/**
 * A form on each line: several hits in one request, as the Measurement Protocol of Google Analytics (`/batch`, `/g/collect`) and its
 * imitators send them (https://developers.google.com/analytics/devguides/collection/protocol/v1/devguide#batch).
 */
export const decoder: Decoder = {
  id: 'formlines',
  says: { zh: '每行一个表单；[n] 为行号', en: 'a form on each line; [n] is the line' },
  order: 45,
  shapes: SHAPE.pairs,
  open(source) {
    const { text, root, keys, work } = source;
    if (text === null || !text.trim().includes('\n')) return null;
    const lines = text.split('\n', work.fieldsLeft + 1);
    const filled = lines.map((line) => line.trim()).filter((line) => line !== '');
    const seen = filled.slice(0, LOOKED_AT);
    if (seen.length < 2 || !seen.some((line) => LINE.test(line)) || !seen.every((line) => LINE.test(line) || SINGLE.test(line)))
      return null;
    const leaves: Leaf[] = [];
    let from = 0;
    let number = 0;
    for (const line of lines) {
      if (line.trim() !== '' && leaves.length <= work.fieldsLeft) {
        for (const leaf of readPairs(line.trimEnd(), { root: element(root, number), keys }, work))
          leaves.push({ ...leaf, start: from + (leaf.start ?? 0), end: from + (leaf.end ?? 0) });
        number += 1;
      }
      from += line.length + 1;
    }
    return { leaves };
  },
};
