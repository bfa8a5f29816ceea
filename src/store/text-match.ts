import type { RawBuilder, SqlBool } from 'kysely';
import { limits } from '../limits.js';
import { sql } from './kysely.js';
import type { Query } from './query.js';
import { containing, matchingRows, type Phrase, phrasesOf, rowsWithOneOf, searchExpression, sequenceOf } from './search.js';
import { folded, hasMiddle, wordsHolding } from './vocabulary.js';

export interface TextMatch {
  /** Met by an exchange whose URL or bodies hold the text. */
  readonly condition: RawBuilder<SqlBool>;
  /** Words hold the text in their middle that were not looked for: there are too many of them. */
  readonly cut: boolean;
}

/** Part of the URL as it was sent, or as a person would write it (`手机号` for `%E6%89%8B…`). */
function urlHolds(text: string): RawBuilder<SqlBool> {
  const asSent = sql<SqlBool>`exchange.url like ${containing(text)} escape '\\'`;
  // A lone surrogate has no percent-encoding; it is searched as it is.
  const encoded = /\p{Cs}/u.test(text) ? text : encodeURI(text);
  return encoded === text ? asSent : sql<SqlBool>`(${asSent} or exchange.url like ${containing(encoded)} escape '\\')`;
}

/**
 * How a text is looked for in one session: part of a URL, or words of one message, each beginning and ending where it likes
 * (`8000` is met in `13800138000`, `dfa_m` in `idfa_md5`).
 */
export function matchText(query: Query, session: number, text: string): TextMatch {
  const inUrl = urlHolds(text);
  const phrases = phrasesOf(text);
  if (phrases.length === 0) return { condition: inUrl, cut: false };
  const { each, cut } = withMiddles(query, session, phrases);
  const rows = each.every(({ inside }) => inside.length === 0)
    ? matchingRows(session, searchExpression(phrases))
    : sql.join(
        each.map(({ phrase, inside }) => sql`select at from (${rowsOf(session, phrase, inside)})`),
        sql` intersect `,
      );
  return { condition: sql<SqlBool>`(${inUrl} or exchange.seq in (select ${sequenceOf('at')} from (${rows})))`, cut };
}

function rowsOf(session: number, phrase: Phrase, inside: readonly string[]): RawBuilder<unknown> {
  const plain = matchingRows(session, searchExpression([phrase]));
  return inside.length === 0 ? plain : sql`${plain} union ${rowsWithOneOf(session, inside)}`;
}

interface Widened {
  readonly phrase: Phrase;
  /** Expressions of the index for the words that hold the first word of the phrase in their middle. */
  readonly inside: readonly string[];
}

/** The first word of each phrase may begin in the middle of a longer one; where the phrase has only that word, end there, too. */
function withMiddles(query: Query, session: number, phrases: readonly Phrase[]): { each: Widened[]; cut: boolean } {
  let left: number = limits.searchWords;
  let cut = false;
  const each = phrases.map((phrase, index) => {
    const [first = '', ...rest] = phrase;
    if (!hasMiddle(first)) return { phrase, inside: [] };
    const most = Math.ceil(left / (phrases.length - index));
    const found = wordsHolding(query, session, folded(first), rest.length === 0 ? 'inside' : 'end', most);
    left -= found.words.length;
    cut ||= found.cut;
    const inside = found.words.map((word) =>
      // A word that was cut in the list goes on in the index.
      rest.length === 0 && word.length < limits.searchWord ? `"${word}"` : searchExpression([[word, ...rest]]),
    );
    return { phrase, inside };
  });
  return { each, cut };
}
