/** A part of a text that could be an encoded value or a document, with its place. */
export interface Token {
  readonly text: string;
  readonly start: number;
  /** Names with their values: there may be few of them in much that nobody could read. */
  readonly isRecord?: true;
}

/** How base64 of a JSON object begins: of `{"` and a letter. */
const BEGINNING = 'eyJ';
/** A signed token of which the claims are an object, too (RFC 7515 section 3.1). */
const SIGNED = /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]*/y;
const RUN = /[A-Za-z0-9+/_-]+={0,2}/y;
const WORD = /[A-Za-z0-9]/;

/** Characters of base64 that show whether a document begins: noise holds a control character among so many. */
const LOOK = 64;
/** `{"a":1}`; what is shorter holds nothing. */
const SHORTEST = 10;

/** Bytes of the JSON object that these begin with; 0: it does not end here, -1: there is none. */
function objectSize(bytes: Uint8Array): number {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (quoted) {
      if (byte === 0x5c) at++;
      else if (byte === 0x22) quoted = false;
      else if (byte < 0x20) return -1;
    } else if (byte === 0x22) quoted = true;
    else if (byte === 0x7b || byte === 0x5b) depth++;
    else if ((byte === 0x7d || byte === 0x5d) && --depth === 0) return at + 1;
    else if (byte >= 0x7f) return -1;
  }
  return 0;
}

/** Whether no character that JSON never holds is among the first. */
function mayBeObject(run: string): boolean {
  const bytes = Buffer.from(run.slice(0, LOOK), 'base64');
  return bytes.every((byte) => byte >= 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09);
}

/** Characters of base64 at the beginning of a run that make a JSON object; 0: none do. */
function documentSize(run: string): number {
  if (run.length < SHORTEST || !mayBeObject(run)) return 0;
  let size = 0;
  // A hostile text begins everywhere and ends nowhere: what is no document shows it early, and the rest is not unpacked for each beginning.
  for (let read = LOOK; size === 0; read *= 8) {
    size = objectSize(Buffer.from(run.slice(0, read), 'base64'));
    if (size < 0 || (size === 0 && read >= run.length)) return 0;
  }
  const characters = Math.ceil((size * 4) / 3);
  return characters + (/^={0,2}/.exec(run.slice(characters, characters + 2))?.[0].length ?? 0);
}

/**
 * JSON in base64 with something before or behind it, which is base64 to the eye: a signature (`eyJ….ZxAbCd.c2ln` of itsdangerous, `eyJ…--<hex>` of
 * Rails), the name of an app (`app_eyJ…`, `eyJ…***APP`). Where it ends the document says itself.
 * @param most looks at so many beginnings: a hostile text has nothing else.
 */
export function base64Documents(text: string, most: number): Token[] {
  const found: Token[] = [];
  let at = text.indexOf(BEGINNING);
  let end = 0;
  for (let looks = 0; at >= 0 && looks < most; looks++) {
    if (at >= end) end = runEnd(text, at);
    const size = at > 0 && WORD.test(text[at - 1]!) ? 0 : sizeAt(text, at, end);
    // The whole of it was asked before its parts.
    if (size > 0 && size < text.length) found.push({ text: text.slice(at, at + size), start: at });
    at = text.indexOf(BEGINNING, at + Math.max(size, BEGINNING.length));
  }
  return found;
}

/** Where the base64 ends in which a beginning stands. */
function runEnd(text: string, at: number): number {
  RUN.lastIndex = at;
  return at + (RUN.exec(text)?.[0].length ?? 0);
}

/** @param end of the base64 in which the beginning stands. */
function sizeAt(text: string, at: number, end: number): number {
  if (text[end] === '.' && text.startsWith(BEGINNING, end + 1)) {
    SIGNED.lastIndex = at;
    const signed = SIGNED.exec(text);
    if (signed !== null) return signed[0].length;
  }
  return documentSize(text.slice(at, end));
}
