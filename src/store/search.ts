import type { CompiledQuery, RawBuilder } from 'kysely';
import { limits } from '../limits.js';
import { sql } from './kysely.js';
import { build } from './query.js';
import { HAN, holdsLongWord } from './vocabulary.js';

/**
 * Full text search over textual bodies: one FTS5 table for each session, so that deleting a session drops its index and
 * `secure_delete` overwrites it (rows deleted inside a contentless index leave their words behind). The text itself is not stored
 * twice. Words and not trigrams: trigram indexing ran at 4 MB/s here, words at 40. The middle of words is found through the
 * session's list of words (`vocabulary.ts`).
 */

/** A row of the index is one part of one exchange; SQLite's 64-bit rowid carries both. */
const PART_BITS = 20n;

/** `next` is an index that is being made anew beside the one in use. */
type Which = 'current' | 'next';

const nameOf = (session: number, which: Which) => `search_${session}${which === 'next' ? '_next' : ''}`;
const table = (session: number, which: Which = 'current'): RawBuilder<unknown> => sql.table(nameOf(session, which));

/** An empty index for the session of that number. */
export function createSearchTable(session: number, which: Which = 'current'): CompiledQuery {
  return sql`create virtual table ${table(session, which)} using fts5(words, content='', tokenize='unicode61')`.compile(build);
}

/** With everything in it. */
export function dropSearchTable(session: number, which: Which = 'current'): CompiledQuery {
  return sql`drop table if exists ${table(session, which)}`.compile(build);
}

/** To be run with a row (`searchRow`) and its words (`indexable`). */
export function insertWords(session: number, which: Which = 'current'): CompiledQuery {
  return sql`insert into ${table(session, which)} (rowid, words) values (${0}, ${''})`.compile(build);
}

/** The index that was made anew takes the place of the old one, which has to be dropped before. */
export function promoteSearchTable(session: number): CompiledQuery {
  return sql`alter table ${table(session, 'next')} rename to ${table(session)}`.compile(build);
}

const terms = (session: number): RawBuilder<unknown> => sql.table(`temp.terms_${session}`);

/** The words of an index as a table of this connection: nothing of it is written anywhere. */
export function createTermsTable(session: number): CompiledQuery {
  return sql`create virtual table if not exists ${terms(session)} using fts5vocab('main', ${sql.lit(nameOf(session, 'current'))}, 'row')`.compile(
    build,
  );
}

/** The table, not the words. */
export function dropTermsTable(session: number): CompiledQuery {
  return sql`drop table if exists ${terms(session)}`.compile(build);
}

/** Words read at once. */
const TERMS = 2_000;

/** The next words in order; none: that was all. */
export function termsAfter(session: number, term: string): CompiledQuery<{ term: string }> {
  return sql<{ term: string }>`select term from ${terms(session)} where term > ${term} order by term limit ${sql.lit(TERMS)}`.compile(
    build,
  );
}

/** @param part -2 request, -1 response, from 0 the stream message. */
export function searchRow(seq: number, part: number): bigint {
  return (BigInt(seq) << PART_BITS) + BigInt(part + 2);
}

/** FTS5's tokenizer takes a run of Han characters for one word; single characters make every part of it findable. */
function spaced(text: string): string {
  return text.replace(HAN, ' $& ');
}

/** As the index takes a text: its beginning, Han characters apart. */
export function indexable(text: string): string {
  return spaced(text.slice(0, limits.searchText));
}

/** Words that must follow one another. */
export type Phrase = readonly string[];

/** What a person typed: one phrase for everything that stands between blanks; none when nothing searchable was typed. */
export function phrasesOf(typed: string): Phrase[] {
  return typed
    .split(/\s+/u)
    .map((part) => spaced(part).match(/[\p{L}\p{N}\p{M}]+/gu))
    .filter((words) => words !== null);
}

/**
 * An FTS5 expression: every phrase must occur, the end of each may be missing. Everything is quoted, so that no character of it
 * is an operator.
 */
export function searchExpression(phrases: readonly Phrase[]): string {
  return phrases.map((words) => `"${words.join(' ')}"*`).join(' ');
}

/** Rows of the index (column `at`) in which an expression is met. */
export function matchingRows(session: number, expression: string): RawBuilder<unknown> {
  return sql`select rowid as at from ${table(session)} where words match ${expression}`;
}

/** Rows of the index (column `at`) in which one of many expressions is met: thousands of them in one would be walked side by side. */
export function rowsWithOneOf(session: number, expressions: readonly string[]): RawBuilder<unknown> {
  return sql`select met.rowid as at from json_each(${JSON.stringify(expressions)}) as one, ${table(session)} as met where met.words match one.value`;
}

/** Number of the exchange that a row of the index belongs to. */
export function sequenceOf(column: string): RawBuilder<number> {
  return sql<number>`${sql.ref(column)} >> ${sql.lit(Number(PART_BITS))}`;
}

/** `text` within an operand of LIKE (escape character: backslash), with no wildcard of its own. */
export function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** An operand of LIKE (escape character: backslash) that is met wherever the text stands. */
export function containing(text: string): string {
  return `%${literal(text)}%`;
}

/** JSON may write every character beyond ASCII as an escape; the search must not depend on which way an app chose. */
function unescaped(text: string): string {
  return text.includes('\\u')
    ? text.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
}

/** What is indexed of one body. */
export interface Searched {
  /** Empty: nothing. */
  readonly words: string;
  /** The search misses some: text beyond what is indexed, or the rest of a word longer than what is listed. */
  readonly partly: boolean;
}

/**
 * What stands on the wire as text, and what the decoders made of the rest.
 * @param decoded text that the bytes do not show: inflated, taken out of base64, percent-decoded.
 */
export function searchedOf(bytes: Uint8Array, isEncoded: boolean, decoded = ''): Searched {
  const plain = plainText(bytes, isEncoded) ?? '';
  const words = plain === '' ? '' : indexable(unescaped(plain));
  const beyond = (plain !== '' && bytes.length > limits.searchText) || decoded.length > limits.searchText;
  return {
    words: decoded === '' ? words : `${words}\n${indexable(decoded)}`,
    partly: beyond || holdsLongWord(plain) || holdsLongWord(decoded),
  };
}

/** Text of a body that stands on the wire as text; null for anything encoded or binary (its text comes from the decoders). */
export function plainText(bytes: Uint8Array, encoded: boolean): string | null {
  if (encoded || bytes.length === 0) return null;
  const beginning = bytes.subarray(0, limits.searchText);
  if (beginning.includes(0)) return null;
  const text = new TextDecoder('utf-8').decode(beginning);
  // One broken character may stand at the cut; more of them mean it is no UTF-8.
  const broken = text.split('�').length - 1;
  return broken > 1 + text.length / 100 ? null : text;
}
