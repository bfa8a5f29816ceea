import type { Decoder } from '../decoder.js';
import { type Piece, pieceLeaves, piecesOf } from '../pieces.js';
import { SHAPE } from '../shape.js';

/** Between pairs, the unmistakable ones first: the separators of C0 that queues of events are joined with, lines, signs. */
const SEPARATORS = [/[\u0001-\u0004\u001c-\u001f]+/g, /\n/g, /\]\s?\[/g, /;/g, /\t/g, /\|+/g, /\^+/g, /#+/g, /,/g, / +/g] as const;
/** Words of a sentence with a sign in them are fewer. */
const BLANK = SEPARATORS.at(-1);
const LEAST_WORDS = 3;
/** Characters that base64 makes of ten bytes and more, padding left out. */
const SHORTEST_ENCODED = 14;

/** Separators, blanks and a name. */
const LONGEST_BEGINNING = 128;

const PAIR = /^\s*([A-Za-z_$][\w$.-]{0,63})\s?=\s?/;
/** What begins with a pair, behind separators at most: most texts with a sign in them do not, and need not be searched for separators. */
const BEGINS = /^[\s;,|^#\u0001-\u001f]*[A-Za-z_$][\w$.-]{0,63}\s?=/;
/** Between pairs that another separator left together: `imei=1,mac=2;os=3`. */
const FINER = /[;,|\t](?=\s?[A-Za-z_$][\w$.-]{0,63}=)/g;

/** Wrappers of Java's `Map.toString()` and Android's `Bundle.toString()`, and the first bracket of `[imei=1][mac=2]`. */
const WRAPPER = /^(?:(?:Bundle\[)?\{|\[)(?=[A-Za-z_$])/;

function findSeparator(text: string): RegExp | undefined {
  const body = text.slice(0, -1);
  return SEPARATORS.find((candidate) => body.search(candidate) >= 0);
}

/** Base64 with its padding, which reads like a name without a value. */
function isPadded({ name, value }: Piece): boolean {
  return /^=?$/.test(value) && name.length >= SHORTEST_ENCODED && (name.length + 1 + value.length) % 4 === 0;
}

/** The pairs that one separator leaves, taken apart by the others; addresses and documents have signs of their own. */
function finer(text: string, piece: Piece, most: number): readonly Piece[] {
  const { value, start } = piece;
  const first = value.search(FINER);
  if (first < 0 || value.includes('://') || /^["'{[<]/.test(value)) return [piece];
  const rest = piecesOf(text, [start + first, start + value.length], FINER, PAIR, most);
  return rest === null ? [piece] : [{ ...piece, value: value.slice(0, first).trimEnd() }, ...rest];
}

/**
 * Pairs that no standard describes: `imei=...;mac=...`, lines of a properties file, `{imei=..., mac=...}` as Java prints a map, records between
 * characters that nobody types. Every piece must be a pair with an identifier for a name; prose and program code never are.
 */
export const decoder: Decoder = {
  id: 'properties',
  says: { zh: '以分隔符隔开的 名=值', en: 'name=value between separators' },
  order: 66,
  shapes: SHAPE.pairs,
  open(source) {
    const { text, work } = source;
    if (text === null) return null;
    const wrapper = WRAPPER.exec(text.slice(0, 80))?.[0] ?? '';
    const end = wrapper === '' ? text.length : text.lastIndexOf(wrapper.endsWith('{') ? '}' : ']');
    if (end < 0 || !BEGINS.test(text.slice(wrapper.length, wrapper.length + LONGEST_BEGINNING))) return null;
    const separator = findSeparator(text.slice(wrapper.length, end));
    if (separator === undefined) return null;
    const most = work.fieldsLeft + 1;
    const pieces = piecesOf(text, [wrapper.length, end], separator, PAIR, most);
    if (pieces === null || pieces.length < (separator === BLANK ? LEAST_WORDS : 2) || pieces.every(isPadded)) return null;
    return { leaves: pieceLeaves(separator === BLANK ? pieces : pieces.flatMap((piece) => finer(text, piece, most)), source) };
  },
};
