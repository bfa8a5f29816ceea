import type { DataType } from '../model/rulebook.js';

/** Controls, format characters (bidirectional overrides, zero width), lone surrogates, private use, line separators. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}]/u;
const DEFAULT_SHAPE = { start: 3, end: 2 } as const;
/** A value shorter than this shows nothing: two of five characters would already be a hint. */
const SHORTEST_SHOWN = 6;
/** Longer runs of stars only fill the line. */
const MOST_STARS = 12;

/**
 * A value as it may be shown: a few characters at the ends, never more than a third of it, stars between; bytes as hex digits. Characters that could
 * disturb a terminal or a page are replaced, also among the shown ones.
 * @param type gives how many characters may show; undefined for values of no type.
 */
export function mask(type: DataType | undefined, value: string): string {
  const characters = areBytes(value)
    ? [...Buffer.from(value, 'latin1').toString('hex')]
    : Array.from(value, (character) => (UNSAFE.test(character) ? '·' : character));
  const size = characters.length;
  if (size === 0) return '';
  // Of bytes as many digits as there are bytes would allow: half of what their text would show.
  const budget = Array.from(value).length < SHORTEST_SHOWN ? 0 : Math.floor(Math.min(size, Array.from(value).length) / 3);
  const shape = type?.mask ?? DEFAULT_SHAPE;
  let start = shown(shape.start, budget);
  let end = shown(shape.end, budget);
  // The ends give way in turn, the longer one first.
  while (start + end > budget) {
    if (end >= start) end--;
    else start--;
  }
  const hidden = size - start - end;
  return characters.slice(0, start).join('') + '*'.repeat(Math.min(hidden, MOST_STARS)) + characters.slice(size - end).join('');
}

/** A digest or key that stood in a binary field comes as one character a byte; a person reads it as hex. */
function areBytes(value: string): boolean {
  return /^[\u0000-\u00ff]+$/.test(value) && /[\u0080-\u00ff]/.test(value) && /[\u0000-\u001f\u007f-\u009f]/.test(value);
}

/** A rule file's number may be anything; what is no count shows nothing. */
function shown(wanted: number, budget: number): number {
  return wanted > 0 ? Math.min(Math.floor(wanted), budget) : 0;
}
