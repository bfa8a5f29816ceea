/**
 * The syntax tree of a regular expression, as far as the question "can it be slow?" needs it: sets of code points, order,
 * choice and repetition. Assertions count as empty, which can only make the answer stricter.
 */
export type Ranges = ReadonlyArray<readonly [from: number, to: number]>;

export type Term =
  | { readonly kind: 'set'; readonly ranges: Ranges }
  | { readonly kind: 'sequence'; readonly parts: readonly Term[] }
  | { readonly kind: 'choice'; readonly options: readonly Term[] }
  | { readonly kind: 'repeat'; readonly body: Term; readonly min: number; readonly max: number | null }
  | { readonly kind: 'start' | 'end' | 'assertion' };

export interface Syntax {
  readonly term: Term;
  /** Insides of lookarounds: matched on their own. */
  readonly lookarounds: readonly Term[];
}

const LAST = 0x10ffff;
const DIGIT: Ranges = [[48, 57]];
const WORD: Ranges = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const SPACE: Ranges = [
  [9, 13],
  [32, 32],
  [160, 160],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const LINE_ENDS: Ranges = [
  [10, 10],
  [13, 13],
  [0x2028, 0x2029],
];

function invert(ranges: Ranges): Ranges {
  const out: Array<readonly [number, number]> = [];
  let next = 0;
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (from > next) out.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  if (next <= LAST) out.push([next, LAST]);
  return out;
}

/** Detectors match without regard to case, so `[a-z]+[A-Z]+` is `[a-z]+[a-z]+` there. ASCII is what slow rules are made of. */
function folded(ranges: Ranges): Ranges {
  const other = ranges.flatMap(
    ([from, to]): Array<[number, number]> => [
      [Math.max(from, 65) + 32, Math.min(to, 90) + 32],
      [Math.max(from, 97) - 32, Math.min(to, 122) - 32],
    ],
  );
  return [...ranges, ...other.filter(([from, to]) => from <= to)];
}

/** Exact over the basic plane, where all names and addresses of our rules live; beyond it everything is taken to match. */
function property(source: string): Ranges {
  const one = new RegExp(`^${source}$`, 'u');
  const out: Array<readonly [number, number]> = [];
  let from = -1;
  for (let code = 0; code <= 0xffff; code++) {
    const hit = one.test(String.fromCharCode(code));
    if (hit && from < 0) from = code;
    if (!hit && from >= 0) {
      out.push([from, code - 1]);
      from = -1;
    }
  }
  if (from >= 0) out.push([from, 0xffff]);
  out.push([0x10000, LAST]);
  return out;
}

class Reader {
  readonly lookarounds: Term[] = [];
  private at = 0;
  private readonly text: string;
  constructor(text: string) {
    this.text = text;
  }

  choice(): Term {
    const options = [this.sequence()];
    while (this.take('|')) options.push(this.sequence());
    return options.length === 1 ? (options[0] as Term) : { kind: 'choice', options };
  }

  private sequence(): Term {
    const parts: Term[] = [];
    while (this.at < this.text.length && !this.sees('|') && !this.sees(')')) parts.push(this.repeat());
    return { kind: 'sequence', parts };
  }

  private repeat(): Term {
    const body = this.single();
    const bounds = this.bounds();
    if (bounds === null) return body;
    this.take('?');
    return { kind: 'repeat', body, min: bounds[0], max: bounds[1] };
  }

  private bounds(): readonly [number, number | null] | null {
    if (this.take('*')) return [0, null];
    if (this.take('+')) return [1, null];
    if (this.take('?')) return [0, 1];
    const braces = /^\{(\d+)(,)?(\d+)?\}/.exec(this.text.slice(this.at));
    if (braces === null) return null;
    this.at += braces[0].length;
    const min = Number(braces[1]);
    return [min, braces[3] !== undefined ? Number(braces[3]) : braces[2] !== undefined ? null : min];
  }

  private single(): Term {
    if (this.take('(')) return this.group();
    if (this.take('[')) return { kind: 'set', ranges: this.set() };
    if (this.take('^')) return { kind: 'start' };
    if (this.take('$')) return { kind: 'end' };
    if (this.take('.')) return { kind: 'set', ranges: invert(LINE_ENDS) };
    if (this.take('\\')) {
      if (/[bB]/.test(this.text[this.at] ?? '')) {
        this.at++;
        return { kind: 'assertion' };
      }
      return { kind: 'set', ranges: folded(this.escape()) };
    }
    return { kind: 'set', ranges: folded(this.literal()) };
  }

  private group(): Term {
    const look = this.take('?=') || this.take('?!') || this.take('?<=') || this.take('?<!');
    if (!look && !this.take('?:')) {
      const name = /^\?<[^>]+>/.exec(this.text.slice(this.at));
      if (name !== null) this.at += name[0].length;
    }
    const inner = this.choice();
    this.take(')');
    if (!look) return inner;
    this.lookarounds.push(inner);
    return { kind: 'assertion' };
  }

  private set(): Ranges {
    const negated = this.take('^');
    const out: Array<readonly [number, number]> = [];
    while (this.at < this.text.length && !this.take(']')) {
      const from = this.member();
      const start = from.length === 1 ? from[0] : undefined;
      if (start !== undefined && start[0] === start[1] && this.sees('-') && this.text[this.at + 1] !== ']') {
        this.at++;
        const to = this.member()[0];
        if (to !== undefined) out.push([start[0], to[1]]);
      } else out.push(...from);
    }
    return negated ? invert(folded(out)) : folded(out);
  }

  private member(): Ranges {
    if (!this.take('\\')) return this.literal();
    if (this.take('b')) return [[8, 8]];
    return this.escape();
  }

  private literal(): Ranges {
    const code = this.text.codePointAt(this.at) ?? 0;
    this.at += code > 0xffff ? 2 : 1;
    return [[code, code]];
  }

  private escape(): Ranges {
    const rest = this.text.slice(this.at);
    const unicode = /^[pP]\{[^}]+\}/.exec(rest);
    if (unicode !== null) {
      this.at += unicode[0].length;
      return property(`\\${unicode[0]}`);
    }
    const code = /^(?:x([0-9a-fA-F]{2})|u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4}))/.exec(rest);
    if (code !== null) {
      this.at += code[0].length;
      const point = Number.parseInt(code[1] ?? code[2] ?? code[3] ?? '0', 16);
      return [[point, point]];
    }
    if (/^(?:[1-9]|k<)/.test(rest)) throw new SyntaxError('a back reference cannot be checked for speed');
    const letter = this.text[this.at] ?? '';
    switch (letter) {
      case 'd':
      case 'D':
      case 'w':
      case 'W':
      case 's':
      case 'S': {
        this.at++;
        const ranges = letter.toLowerCase() === 'd' ? DIGIT : letter.toLowerCase() === 'w' ? WORD : SPACE;
        return letter === letter.toLowerCase() ? ranges : invert(ranges);
      }
      case 'n':
      case 'r':
      case 't':
      case 'v':
      case 'f':
      case '0': {
        this.at++;
        const point = { n: 10, r: 13, t: 9, v: 11, f: 12, '0': 0 }[letter];
        return [[point, point]];
      }
      default:
        return this.literal();
    }
  }

  private sees(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }
  private take(text: string): boolean {
    if (!this.sees(text)) return false;
    this.at += text.length;
    return true;
  }
}

/**
 * Reads an expression that the JavaScript engine has already accepted.
 * @throws SyntaxError on a back reference: what it matches is not regular, so nothing can be said about its speed.
 */
export function readSyntax(source: string): Syntax {
  const reader = new Reader(source);
  return { term: reader.choice(), lookarounds: reader.lookarounds };
}

/** True when every way through the expression begins at `^` and ends at `$`. */
export function isAnchored(term: Term): boolean {
  if (term.kind === 'choice') return term.options.every(isAnchored);
  if (term.kind !== 'sequence' || term.parts.length === 0) return false;
  const [first, last] = [term.parts[0], term.parts[term.parts.length - 1]];
  if (term.parts.length === 1 && first !== undefined) return isAnchored(first);
  return first?.kind === 'start' && last?.kind === 'end';
}
