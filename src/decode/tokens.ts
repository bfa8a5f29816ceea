import { limits } from '../limits.js';
import { base64Documents, type Token } from './base64-document.js';
import { type FoundRecords, mayHoldRecords, recordsIn } from './records.js';

/** Base64 in the lines of MIME (76, RFC 2045 section 6.8; `Base64.DEFAULT` of Android) or of PEM (64, RFC 7468). */
const LINES = /(?:[A-Za-z0-9+/]{76}\r?\n|[A-Za-z0-9+/]{64}\r?\n)+[A-Za-z0-9+/]{1,76}={0,2}/y;
/** A digest in each line is not one text in lines. */
const DIGESTS = /^[0-9a-fA-F\s]+$/;
/** A word of one case, and a number, are no encoding. */
const PLAIN = /^(?:[A-Z]?[a-z]+|[A-Z]+|\d+|[-_/+]+)$/;

/** What is longer is no word; and a pattern keeps a way back for each of its characters, of which some million are too many. */
const LONGEST_PLAIN = 1_000;

function isPlain(run: string): boolean {
  return run.length <= LONGEST_PLAIN && PLAIN.test(run);
}

/** The digests of a run that has one in each line; any other run is one word. */
function wordsOf(run: string): readonly Token[] {
  if (!run.includes('\n') || !DIGESTS.test(run)) return [{ text: run, start: 0 }];
  return Array.from(run.matchAll(/\S+/g), ({ 0: text, index }) => ({ text, start: index }));
}

/**
 * Bytes as programs print them into a line: pairs of hex digits with one sign between each two, `0x7b, 0x22`, `\x7b\x22`, or characters as
 * `\u007b\u0022`. A hardware address has fewer.
 */
const BYTES =
  /(?<![\w:.-])[0-9A-Fa-f]{2}([ :-])[0-9A-Fa-f]{2}(?:\1[0-9A-Fa-f]{2}){6,}(?![\w:-])|0x[0-9A-Fa-f]{2}(?:(?:, ?| )0x[0-9A-Fa-f]{2}){7,}|(?:\\x[0-9A-Fa-f]{2}){6,}|(?:\\u[0-9A-Fa-f]{4}){4,}/g;

/** How base64 of every gzip stream begins. */
const GZIP = 'H4sI';
/** What apps put before it to say which way of writing or which key it is. */
const LONGEST_PREFIX = 16;

/** gzip in base64 behind a few characters that are base64 to the eye: `2H4sI…`, `01H4sI…`. Null: there is none, or nothing stands before it. */
function gzipBehind(text: string): Token | null {
  const start = text.slice(0, LONGEST_PREFIX + GZIP.length).indexOf(GZIP);
  if (start < 1 || text.length - start < 2 * LONGEST_PREFIX || !isInRun(text, start - 1)) return null;
  let end = start;
  while (end < text.length && (isInRun(text, end) || text[end] === '=')) end++;
  return { text: text.slice(start, end), start };
}

/** Characters of the shortest run: of a value that base64 would make of twelve bytes. */
const SHORTEST = 16;
const IN_RUN = new Uint8Array(128);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-') IN_RUN[char.charCodeAt(0)] = 1;

function isInRun(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 128 && IN_RUN[code] === 1;
}

/** Where the next run begins, or -1: looks at every sixteenth character, and back from those that could be the last of one. */
function nextRun(text: string, from: number): number {
  let before = from - 1;
  for (let last = before + SHORTEST; last < text.length; last = before + SHORTEST) {
    let at = last;
    while (at > before && isInRun(text, at)) at--;
    if (at === before) return before + 1;
    before = at;
  }
  return -1;
}

/** A run, of base64, base64url or hex, in one line or in several. By hand: a pattern keeps a way back for each character, and of some million is thrown out. */
function runAt(text: string, start: number): string {
  LINES.lastIndex = start;
  const lines = LINES.exec(text);
  if (lines !== null) return lines[0];
  let end = start;
  while (isInRun(text, end)) end++;
  for (let padding = 0; padding < 2 && text[end] === '='; padding++) end++;
  return text.slice(start, end);
}

/** The runs of a text. A pattern would try each character of a book: nine tenths of reading prose. */
function* runsIn(text: string): Generator<{ readonly text: string; readonly start: number }> {
  for (let start = nextRun(text, 0); start >= 0; ) {
    const found = runAt(text, start);
    yield { text: found, start };
    start = nextRun(text, start + found.length);
  }
}

function isHexAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66);
}

function isSign(code: number): boolean {
  return code === 0x20 || code === 0x3a || code === 0x2d;
}

/** Characters of a window into a list of bytes: whatever its way, there is a sign in it that tells. */
const WINDOW = 6;

/** Characters of such a list. */
const IN_BYTES = new Uint8Array(128);
for (const char of '0123456789abcdefABCDEF :-,\\xu') IN_BYTES[char.charCodeAt(0)] = 1;

function isInBytes(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 128 && IN_BYTES[code] === 1;
}

/** Whether a list of bytes could be around here: two signs with two digits between them, `0x`, or a backslash. */
function maybeBytesAt(text: string, at: number): boolean {
  if (!isInBytes(text, at) || !isInBytes(text, at + 1) || !isInBytes(text, at + 2)) return false;
  const first = isSign(text.charCodeAt(at)) ? at : isSign(text.charCodeAt(at + 1)) ? at + 1 : isSign(text.charCodeAt(at + 2)) ? at + 2 : -1;
  if (first >= 0 && text.charCodeAt(first + 3) === text.charCodeAt(first) && isHexAt(text, first + 1) && isHexAt(text, first + 2))
    return true;
  for (let i = at; i < at + WINDOW; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5c || (code === 0x78 && text.charCodeAt(i - 1) === 0x30)) return true;
  }
  return false;
}

/** What percent-encoding leaves (RFC 3986 section 2.1). */
const ESCAPE = /%[0-9A-Fa-f]{2}/g;
/** Characters that an encoder leaves as they are, or that part what was encoded: those of an address, but for brackets and quotes, which sentences put around it. */
const IN_ADDRESS = new Uint8Array(128);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#@!$&*+=%,;') IN_ADDRESS[char.charCodeAt(0)] = 1;
/** A share in percent has fewer. */
const SHORTEST_ESCAPED = 8;
/** A sign of ASCII behind a word, which is left where a whole text was encoded twice. */
const ESCAPED_SIGN = /^%(?:2[0-9A-F]|3[A-F]|40|5[B-F]|7[B-E])$/i;
const ESCAPE_LENGTH = 3;
/** A name before an escaped document: `body=%7B...`. */
const NAME = /^[\w.-]{1,64}=(?=%(?:7B|5B))/i;

function isInAddress(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 128 && IN_ADDRESS[code] === 1;
}

/** Whether more of a word is encoded than the signs behind it. From its end: a pattern for all of them would begin anew at each. */
function holdsEscaped(word: string): boolean {
  let end = word.length;
  while (end >= ESCAPE_LENGTH && ESCAPED_SIGN.test(word.slice(end - ESCAPE_LENGTH, end))) end -= ESCAPE_LENGTH;
  return word.lastIndexOf('%', end - 1) >= 0 && end > 0;
}

/** Words of a text that were percent-encoded; each character is looked at once. */
function escapedWords(text: string, most: number): Token[] {
  const found: Token[] = [];
  ESCAPE.lastIndex = 0;
  for (let last = 0, sign = ESCAPE.exec(text); sign !== null && found.length <= most; sign = ESCAPE.exec(text)) {
    let start = sign.index;
    while (start > last && isInAddress(text, start - 1)) start--;
    let end = sign.index;
    while (end < text.length && isInAddress(text, end)) end++;
    last = end;
    ESCAPE.lastIndex = end;
    // The signs of the sentence.
    while (end > start && /[.,;:!?]/.test(text[end - 1]!)) end--;
    const word = text.slice(start, end);
    if (!holdsEscaped(word)) continue;
    const name = NAME.exec(word)?.[0].length ?? 0;
    if (word.length >= SHORTEST_ESCAPED && word.length < text.length) found.push({ text: word.slice(name), start: start + name });
  }
  return found;
}

/** Whether there may be a list of bytes: looks at every sixteenth character, and the shortest list is longer than that and a window. */
function mayHoldBytes(text: string): boolean {
  for (let at = 0; at + WINDOW <= text.length; at += SHORTEST) if (maybeBytesAt(text, at)) return true;
  return false;
}

/** A first look that costs next to nothing: false where `tokensIn` finds none. */
export function mayHoldTokens(text: string): boolean {
  return nextRun(text, 0) >= 0 || text.includes('%') || mayHoldRecords(text) || mayHoldBytes(text);
}

/** Whether a place lies in one of these, which stand in order and apart. */
function spansOf(tokens: readonly Token[]): (start: number, end: number) => boolean {
  return (start, end) => {
    let low = 0;
    let high = tokens.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (tokens[middle]!.start <= start) low = middle + 1;
      else high = middle;
    }
    const before = tokens[low - 1];
    return before !== undefined && end <= before.start + before.text.length;
  };
}

/**
 * What in a sentence nobody writes: lines of a log hold what an app encoded (`sent eyJ... to server`), or a document from brace to brace.
 * @param holdsRecords false: its pairs are those of a protocol.
 * @returns at most `limits.textTokens` of them.
 */
export function tokensIn(text: string, holdsRecords = true): FoundRecords {
  const { tokens: records, more, passed } = recordsIn(text, limits.textTokens, holdsRecords);
  const tokens: Token[] = [...records];
  if (more) return { tokens, more, passed };
  const isRecorded = spansOf(records);
  const groups = new Set<number>();
  for (const match of mayHoldBytes(text) ? text.matchAll(BYTES) : []) {
    const [found] = match;
    groups.add(match.index);
    if (found.length === text.length || isRecorded(match.index, match.index + found.length)) continue;
    if (tokens.length >= limits.textTokens) return { tokens, more: true, passed };
    tokens.push({ text: found, start: match.index });
  }
  const escaped = escapedWords(text, limits.textTokens).filter((token) => !isRecorded(token.start, token.start + token.text.length));
  for (const token of escaped) {
    if (tokens.length >= limits.textTokens) return { tokens, more: true, passed };
    tokens.push(token);
  }
  const begun = base64Documents(text, limits.textTokens).filter((token) => !isRecorded(token.start, token.start + token.text.length));
  for (const token of begun) {
    if (tokens.length >= limits.textTokens) return { tokens, more: true, passed };
    tokens.push(token);
  }
  const compressed = gzipBehind(text);
  if (compressed !== null) tokens.push(compressed);
  for (const { text: found, start } of runsIn(text)) {
    const end = start + found.length;
    const isInside =
      isRecorded(start, end) ||
      escaped.some((word) => word.start < end && start < word.start + word.text.length) ||
      begun.some((document) => document.start < end && start < document.start + document.text.length);
    if (found.length === text.length || isInside || groups.has(start) || isPlain(found)) continue;
    for (const { text: part, start: index } of wordsOf(found)) {
      if (tokens.length >= limits.textTokens) return { tokens, more: true, passed };
      tokens.push({ text: part, start: start + index });
    }
  }
  return { tokens, more: false, passed };
}
