import { limits } from '../limits.js';

/**
 * Characters of base64, base64url and hex, as long as a value that base64 would make of twelve bytes; or base64 in the lines of MIME
 * (76, RFC 2045 section 6.8; `Base64.DEFAULT` of Android) or of PEM (64, RFC 7468).
 */
const RUN = /(?:[A-Za-z0-9+/]{76}\r?\n|[A-Za-z0-9+/]{64}\r?\n)+[A-Za-z0-9+/]{1,76}={0,2}|[A-Za-z0-9+/_-]{16,}={0,2}/g;
/** A digest in each line is not one text in lines. */
const DIGESTS = /^[0-9a-fA-F\s]+$/;
/** A word of one case, and a number, are no encoding. */
const PLAIN = /^(?:[A-Z]?[a-z]+|[A-Z]+|\d+|[-_/+]+)$/;

/** JSON in a sentence begins with its first name. */
const DOCUMENT = /\{\s?"/;

/** Characters of the shortest run. */
const SHORTEST = 16;
const IN_RUN = new Uint8Array(128);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-') IN_RUN[char.charCodeAt(0)] = 1;

function isInRun(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 128 && IN_RUN[code] === 1;
}

/** Whether there is a run: looks at every sixteenth character, and back from those that could be the last of one. */
function holdsRun(text: string): boolean {
  let before = -1;
  for (let last = SHORTEST - 1; last < text.length; last = before + SHORTEST) {
    let at = last;
    while (at > before && isInRun(text, at)) at--;
    if (at === before) return true;
    before = at;
  }
  return false;
}

/** A first look that costs next to nothing: false where `tokensIn` finds none. */
export function mayHoldTokens(text: string): boolean {
  return holdsRun(text) || DOCUMENT.test(text);
}

/** A part of a sentence that could be an encoded value or a document, with its place. */
export interface Token {
  readonly text: string;
  readonly start: number;
}

/**
 * What in a sentence nobody writes: lines of a log hold what an app encoded (`sent eyJ... to server`), or a document from brace to brace.
 * @returns at most `limits.textTokens` of them; `more`: there were others.
 */
export function tokensIn(text: string): { readonly tokens: readonly Token[]; readonly more: boolean } {
  const tokens: Token[] = [];
  const open = text.search(DOCUMENT);
  const close = text.lastIndexOf('}');
  if (open > 0 && close > open) tokens.push({ text: text.slice(open, close + 1), start: open });
  for (const match of text.matchAll(RUN)) {
    const [found] = match;
    const isInside = open > 0 && match.index > open && match.index < close;
    if (found.length === text.length || isInside || PLAIN.test(found)) continue;
    for (const { 0: part, index } of found.matchAll(DIGESTS.test(found) ? /\S+/g : /[\s\S]+/g)) {
      if (tokens.length >= limits.textTokens) return { tokens, more: true };
      tokens.push({ text: part, start: match.index + index });
    }
  }
  return { tokens, more: false };
}
