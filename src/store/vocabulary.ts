import { limits } from '../limits.js';
import { build, type Query } from './query.js';

/**
 * The distinct words of a session beside its full text index, which finds whole words and beginnings only: a search in the middle
 * of words looks here for the words that hold the text, and then asks the index for those. A list and no trigram index, because
 * words repeat: 100,000 messages with 12,000,000 words hold some 400,000 different ones, which are looked through in 10 ms and
 * cost a fifth of what indexing the words costs.
 */

/** The index takes a run of these for one word; each stands for itself there, so that every part of the run is found. */
export const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/** Parts of the list that are read at once. */
const STEP = 16;
/** A part is added to until it is as long as this, so that a quiet session does not leave a row for each message. */
const PART = 8 * 1024;
/** Words gathered in one step for a session that was recorded without its list. */
const GATHER = 2_000;
/** Slots of the memory of words seen: 1 MiB. A word that lost its slot is listed again, which costs space and nothing else. */
const SLOTS = 1 << 17;

let table: Uint8Array | null = null;

/** 1 for every UTF-16 unit that the index takes for part of a word, apart from the characters that are words of their own. */
function wordUnits(): Uint8Array {
  if (table !== null) return table;
  const made = new Uint8Array(0x1_0000);
  const alone = new RegExp(HAN.source, 'u');
  for (let unit = 0; unit < made.length; unit += 1) {
    const character = String.fromCharCode(unit);
    if (/[\p{L}\p{N}\p{M}\p{Co}]/u.test(character) && !alone.test(character)) made[unit] = 1;
  }
  table = made;
  return made;
}

/** Lower case, without accents, as the index folds its words. */
export function folded(word: string): string {
  const lower = word.toLowerCase();
  return /^[\0-\x7f]*$/.test(lower) ? lower : lower.normalize('NFD').replace(/\p{M}+/gu, '');
}

/** Whether other words may hold it in their middle: a Chinese character is a word of its own. */
export function hasMiddle(word: string): boolean {
  return word !== '' && wordUnits()[word.charCodeAt(0)] === 1;
}

/** Whether a word is longer than what is listed of it, `limits.searchWord`. */
export function holdsLongWord(text: string): boolean {
  const units = wordUnits();
  const most = limits.searchWord;
  const isWord = (at: number) => units[text.charCodeAt(at)] === 1;
  // A longer one stands at one of these places, so that few of the others need to be looked at.
  for (let at = most; at < text.length; at += most + 1) {
    if (!isWord(at)) continue;
    let start = at;
    while (start > 0 && isWord(start - 1)) start -= 1;
    let end = at + 1;
    while (end - start <= most && end < text.length && isWord(end)) end += 1;
    if (end - start > most) return true;
  }
  return false;
}

/** Gathers the words that a session has not had so far, and lists them with the transaction that writes their text. */
export class Vocabulary {
  readonly #query: Query;
  readonly #session: number;
  readonly #write;
  #seen: Float64Array | null = null;
  #fresh: string[] = [];
  /** Number and length of the part that is added to; null until something is written. */
  #part: { n: number; length: number } | null = null;
  #written: { n: number; length: number } | null = null;

  constructor(query: Query, session: number) {
    this.#query = query;
    this.#session = session;
    this.#write = query.prepared(
      build
        .insertInto('vocabulary')
        .values({ session: 0, n: 0, words: '' })
        .onConflict((conflict) =>
          conflict.columns(['session', 'n']).doUpdateSet(({ eb, ref }) => ({ words: eb('vocabulary.words', '||', ref('excluded.words')) })),
        ),
    );
  }

  /** @param text as it is given to the index. */
  add(text: string): void {
    this.#seen ??= new Float64Array(SLOTS);
    const seen = this.#seen;
    const units = wordUnits();
    const lower = text.toLowerCase();
    let start = -1;
    let a = 0;
    let b = 0;
    for (let at = 0; at <= lower.length; at += 1) {
      const unit = at < lower.length ? lower.charCodeAt(at) : 0;
      if (units[unit] === 1) {
        if (start < 0) {
          start = at;
          a = 0x811c9dc5;
          b = 0x9747b28c;
        }
        // Two hashes at once (FNV-1a and a multiplication as in MurmurHash2): with 53 bits no two words of a session are mistaken for one.
        a = Math.imul(a ^ unit, 0x01000193);
        b = Math.imul(b ^ unit, 0x5bd1e995) ^ (b >>> 15);
        continue;
      }
      if (start >= 0 && at - start > 1) {
        const key = (a >>> 0) * 0x20_0000 + (b >>> 11);
        const slot = (a ^ (a >>> 15)) & (SLOTS - 1);
        if (seen[slot] !== key) {
          seen[slot] = key;
          this.#fresh.push(folded(lower.slice(start, Math.min(at, start + limits.searchWord))));
        }
      }
      start = -1;
    }
  }

  /** Inside the transaction that wrote the text. What is not settled afterwards is written again with the next one. */
  write(): void {
    this.#written = null;
    if (this.#fresh.length === 0) return;
    const words = `${this.#fresh.join('\n')}\n`;
    const open = this.#part ?? { n: lastPart(this.#query, this.#session), length: PART };
    const part = open.length >= PART ? { n: open.n + 1, length: 0 } : open;
    this.#write(this.#session, part.n, words);
    this.#written = { n: part.n, length: part.length + words.length };
  }

  /** Once that is committed. */
  settled(): void {
    if (this.#written === null) return;
    this.#part = this.#written;
    this.#written = null;
    this.#fresh = [];
  }
}

function lastPart(query: Query, session: number): number {
  const last = query.get(
    build
      .selectFrom('vocabulary')
      .select(({ fn }) => fn.max('n').as('n'))
      .where('session', '=', session),
  );
  return last?.n ?? 0;
}

/** Lists words that somebody else knows, from the beginning; for a session that was recorded without. */
export function* gatherVocabulary(query: Query, session: number, words: Iterable<string>): Generator<number> {
  query.run(build.deleteFrom('vocabulary').where('session', '=', session));
  const vocabulary = new Vocabulary(query, session);
  const write = () => {
    query.transaction(() => vocabulary.write());
    vocabulary.settled();
  };
  let done = 0;
  for (const word of words) {
    vocabulary.add(word);
    done += 1;
    if (done % GATHER !== 0) continue;
    write();
    yield done;
  }
  write();
}

export interface Words {
  /** Folded; those first of which the text makes up most. One of `limits.searchWord` characters may go on in the index. */
  readonly words: readonly string[];
  /** There are more than `most`, or the list was too long to be looked through. */
  readonly cut: boolean;
}

/**
 * Words of a session that hold a text behind their beginning.
 * @param text folded, letters and digits.
 * @param place `end`: the word must end with it.
 */
export function wordsHolding(query: Query, session: number, text: string, place: 'inside' | 'end', most: number): Words {
  if (text.length < (place === 'end' ? 1 : 2) || text.length > limits.searchWord) return { words: [], cut: true };
  const wanted = place === 'end' ? `${text}\n` : text;
  const found = new Set<string>();
  let left = limits.searchVocabulary;
  let before = Number.MAX_SAFE_INTEGER;
  // The newest first: where the list is cut, what is on the phone's screen now is in it.
  for (;;) {
    const parts = query.all(
      build
        .selectFrom('vocabulary')
        .select(['n', 'words'])
        .where('session', '=', session)
        .where('n', '<', before)
        .orderBy('n', 'desc')
        .limit(STEP),
    );
    for (const { n, words } of parts) {
      before = n;
      left -= words.length;
      for (let at = words.indexOf(wanted); at >= 0; ) {
        const start = words.lastIndexOf('\n', at) + 1;
        const end = words.indexOf('\n', at + (place === 'end' ? text.length : 0));
        if (at > start && !(place === 'end' && end - start === limits.searchWord)) found.add(words.slice(start, end));
        // What a word begins with may stand in it once more.
        at = words.indexOf(wanted, at > start ? end : at + 1);
      }
    }
    if (parts.length < STEP) break;
    if (left <= 0) return { words: closest(found, most), cut: true };
  }
  return { words: closest(found, most), cut: found.size > most };
}

function closest(found: ReadonlySet<string>, most: number): string[] {
  return [...found].sort((a, b) => a.length - b.length).slice(0, most);
}
