/** Objects in one another; what programs hold as data has three or four. */
const DEEPEST = 8;
const BLANK = /\s*/y;
/** Names of members: words, or texts in quotes. */
const NAME = /[A-Za-z_$][\w$-]{0,63}|"[^"\\\n]{1,64}"|'[^'\\\n]{1,64}'/y;
/** Values that are written out (ECMA-262, 12.9): a name, a call or a sum would be the program's. */
const VALUE = /-?\d{1,40}(?:\.\d{1,40})?(?:[eE][+-]?\d{1,3})?|(?:true|false|null|undefined)\b/y;
const FEWEST_MEMBERS = 2;

/** Reads over an object in the source of a program, of which each character is looked at once. */
class Literal {
  at: number;
  /** Of the outermost object. */
  members = 0;
  readonly #text: string;

  constructor(text: string, at: number) {
    this.#text = text;
    this.at = at;
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text);
    if (found !== null) this.at += found[0].length;
    return found !== null;
  }

  #sign(sign: string): boolean {
    this.#take(BLANK);
    const isThere = this.#text[this.at] === sign;
    if (isThere) this.at++;
    return isThere;
  }

  #value(depth: number): boolean {
    this.#take(BLANK);
    const first = this.#text[this.at];
    if (first === '{' || first === '[') return depth < DEEPEST && this.collection(depth + 1);
    return first === '"' || first === "'" ? this.#quoted(first) : this.#take(VALUE);
  }

  #quoted(quote: string): boolean {
    const text = this.#text;
    let end = this.at + 1;
    while (end < text.length && text[end] !== quote && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
    this.at = Math.min(end + 1, text.length);
    return text[end] === quote;
  }

  /** @returns false: it holds something else, or is never closed. */
  collection(depth: number): boolean {
    const isObject = this.#text[this.at++] === '{';
    const close = isObject ? '}' : ']';
    for (;;) {
      if (this.#sign(close)) return true;
      if (isObject && !(this.#take(NAME) && this.#sign(':'))) return false;
      if (!this.#value(depth)) return false;
      if (depth === 0) this.members++;
      if (!this.#sign(',')) return this.#sign(close);
    }
  }
}

/** An object in the source of a program. */
export interface ObjectLiteral {
  /** Behind its last bracket; -1: it is none that holds data only, or one of a single member. */
  readonly end: number;
  /** Characters that were looked at. */
  readonly cost: number;
}

/** The object of JavaScript that begins at the brace here and holds nothing but values that are written out. */
export function objectLiteralAt(text: string, at: number): ObjectLiteral {
  const literal = new Literal(text, at);
  const isWhole = literal.collection(0) && literal.members >= FEWEST_MEMBERS;
  return { end: isWhole ? literal.at : -1, cost: literal.at - at };
}
