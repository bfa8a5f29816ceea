import type { Leaf, Source } from './decoder.js';
import { named, Repeats } from './path.js';

/** Characters of a piece in which its name and sign must stand. */
const HEAD = 96;

/** A pair that stands between two separators. */
export interface Piece {
  readonly name: string;
  readonly value: string;
  /** Where the value stands in the text. */
  readonly start: number;
}

/**
 * A text as pairs, each of which is all that stands between two separators.
 * @param pair finds name (its first group) and sign at the beginning of a piece. @param from of the first piece. @param end behind the last.
 * @param most pieces; what comes behind them is left. @returns null where a piece that is not blank is no pair.
 */
export function piecesOf(
  text: string,
  [from, end]: readonly [number, number],
  separator: RegExp,
  pair: RegExp,
  most: number,
): Piece[] | null {
  const pieces: Piece[] = [];
  let start = from;
  const add = (until: number): boolean => {
    const piece = text.slice(start, until);
    const head = pair.exec(piece.slice(0, HEAD));
    if (head === null) return piece.trim() === '';
    const behind = piece.slice(head[0].length);
    const value = behind.trimStart();
    pieces.push({ name: head[1] ?? '', value: value.trimEnd(), start: start + piece.length - value.length });
    return true;
  };
  for (const match of text.slice(from, end).matchAll(separator)) {
    if (pieces.length > most) return pieces;
    if (!add(from + match.index)) return null;
    start = from + match.index + match[0].length;
  }
  return add(end) ? pieces : null;
}

/** The pairs as leaves of one group; repeated names count up. */
export function pieceLeaves(pieces: readonly Piece[], { root, keys, work }: Source): Leaf[] {
  const group = work.group();
  const repeats = new Repeats();
  return pieces.map(({ name, value, start }) => ({
    path: repeats.path(root, name),
    keys: named(keys, name),
    value,
    kind: 'string',
    group,
    start,
    end: start + value.length,
  }));
}
