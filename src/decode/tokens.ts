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

const ANY_RUN = /[A-Za-z0-9+/_-]{16}/;

/** A first look that costs next to nothing: false where `tokensIn` finds none. */
export function mayHoldTokens(text: string): boolean {
  return ANY_RUN.test(text) || DOCUMENT.test(text);
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
