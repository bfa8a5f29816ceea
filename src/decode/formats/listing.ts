import type { Decoder } from '../decoder.js';
import { pieceLeaves, piecesOf } from '../pieces.js';
import { SHAPE } from '../shape.js';

/** A name: an identifier, which a contact card gives parameters, or a few Chinese characters. */
const NAME = '([A-Za-z_$\\u4e00-\\u9fff][\\w$.\\-\\u4e00-\\u9fff]{0,63})(?:;[A-Z]+=[\\w,;=-]{0,40})?';

/** An address has a colon too. */
const ADDRESS = '(?!(?:https?|wss?|ftp|file|content|market|rtsp|rtmp):\\/\\/)';

/** How names are told from values, the rarer signs first. */
const SIGNS = [
  { sign: '\u0002', pair: new RegExp(`^\\s*${NAME}\\u0002`) },
  { sign: '->', pair: new RegExp(`^\\s*${NAME}\\s?->\\s?`) },
  { sign: '~', pair: new RegExp(`^\\s*${NAME}~`) },
  { sign: ':', pair: new RegExp(`^\\s*${ADDRESS}${NAME}\\s?:\\s?`) },
  { sign: '：', pair: new RegExp(`^\\s*${NAME}\\s?：\\s?`) },
  { sign: '\t', pair: new RegExp(`^\\s*${NAME}\\t`) },
] as const;

/** Between pairs, the unmistakable ones first. */
const SEPARATORS = [/[\u0001\u0003\u0004\u001c-\u001f]+/g, /\r?\n/g, /\]\s?\[/g, /\|+/g, /\^+/g, /[;；]/g, /#+/g, /[,，]/g, / +/g] as const;

const LEAST_PAIRS = 3;

/** Names of a style sheet (CSS): `height:20px` is no property of a person. */
const STYLE =
  /^(?:color|background|font|margin|padding|border|display|width|height|line-height|text-align|position|top|left|opacity|z-index|flex)\b/;

/**
 * Pairs with another sign between name and value than `=`: `imei:...|mac:...`, `收件人：...，电话：...`, lines of a name, a tab and a value, contact
 * cards (RFC 6350), records between characters that nobody types. Every piece must be a pair, and three of them.
 */
export const decoder: Decoder = {
  id: 'listing',
  says: {
    zh: '“名:值”式的列表（冒号、制表符或箭头），逐对读取',
    en: 'list of names and values with a colon, a tab or an arrow between them',
  },
  order: 67,
  shapes: SHAPE.listed,
  open(source) {
    const { text, work } = source;
    if (text === null) return null;
    const isBracketed = text.startsWith('[') && text.endsWith(']');
    const range = isBracketed ? ([1, text.length - 1] as const) : ([0, text.length] as const);
    const body = text.slice(...range);
    const head = body.slice(0, 128);
    const way = SIGNS.find(({ pair }) => pair.test(head));
    if (way === undefined) return null;
    const inner = body.trim();
    const separator = SEPARATORS.find((candidate) => inner.search(candidate) >= 0);
    if (separator === undefined) return null;
    const pieces = piecesOf(text, range, separator, way.pair, work.fieldsLeft + 1);
    if (pieces === null || pieces.length < LEAST_PAIRS || pieces.some(({ name }) => STYLE.test(name))) return null;
    return { leaves: pieceLeaves(pieces, source) };
  },
};
