import type { Grade, VerdictName } from '../../model/finding.js';

/** What a filter can ask about one finding, as ids and as words in the reader's language. */
export interface Facts {
  readonly verdict: VerdictName;
  readonly grade: Grade;
  readonly gradeWord: string;
  readonly type: readonly string[];
  readonly party: readonly string[];
  readonly host: string;
  readonly issue: readonly string[];
  readonly scene: readonly string[];
  readonly app: readonly string[];
  readonly device: readonly string[];
  /** `200`; `none` where nothing was answered. */
  readonly status: readonly string[];
  readonly accepted: readonly string[];
  /** Everything else that free text should find. */
  readonly text: string;
  /** Texts that the store met in the URLs and bodies of its requests. */
  readonly met: ReadonlySet<string>;
}

export const OPERATORS = ['verdict', 'type', 'party', 'host', 'issue', 'grade', 'scene', 'app', 'device', 'status', 'accepted'] as const;
export type Operator = (typeof OPERATORS)[number];

/** What a tester with a Chinese keyboard types; the colon may be the wide one that this keyboard has. */
export const OPERATOR_WORDS: Readonly<Record<Operator, string>> = {
  verdict: '判定',
  type: '类型',
  party: '归属',
  host: '主机',
  issue: '问题',
  grade: '证据',
  scene: '场景',
  app: '应用',
  device: '设备',
  status: '状态',
  accepted: '接受',
};

/** The operator that a name before a colon stands for, in either language. */
export function operatorOf(name: string): Operator | undefined {
  const lower = name.toLowerCase();
  return OPERATORS.find((one) => one === lower || OPERATOR_WORDS[one] === lower);
}

/** As long as a text may be that is asked of the store; of a longer one the beginning is looked for. */
export const TEXT_LENGTH = 190;

/** One letter would be met everywhere; one Chinese character is a word. */
export function isSearched(text: string): boolean {
  return text.length > 1 || /[^\u0020-\u007e]/.test(text);
}

export interface Term {
  readonly operator: Operator | null;
  readonly value: string;
  readonly negated: boolean;
}

export interface Filter {
  readonly terms: readonly Term[];
  /** Names before a colon that are no operators, to be said to the reader instead of matching nothing in silence. */
  readonly unknown: readonly string[];
}

/** `verdict:beyond -host:cdn "two words"`. A word with a colon that is no operator (`a.example:8080`, `https://`) is free text. */
export function parseFilter(line: string): Filter {
  const terms: Term[] = [];
  const unknown: string[] = [];
  for (const [, minus = '', name, colon, quotedValue, plainValue, quoted, plain] of line.matchAll(
    /(-?)(?:([a-z]+|\p{Script=Han}+)([:：])(?:"([^"]*)"?|([^\s"]*))|"([^"]*)"?|([^\s"]+))/giu,
  )) {
    const negated = minus === '-';
    const value = quotedValue ?? plainValue ?? '';
    if (name === undefined) {
      const text = quoted ?? plain ?? '';
      if (text !== '' && text !== '-') terms.push({ operator: null, value: text.toLowerCase(), negated });
      continue;
    }
    const operator = operatorOf(name);
    if (operator !== undefined) {
      if (value !== '') terms.push({ operator, value: value.toLowerCase(), negated });
    } else {
      terms.push({ operator: null, value: `${name}${colon}${value}`.toLowerCase(), negated });
      // Words with a colon are common in Chinese text; only what looks like one of ours is said to be none.
      if (/^[a-z]+$/i.test(name) && !/^(https?|wss?)$/i.test(name) && !/^\d*$/.test(value)) unknown.push(name);
    }
  }
  return { terms, unknown };
}

function holds(term: Term, facts: Facts): boolean {
  const includes = (texts: readonly string[]) => texts.some((text) => text.toLowerCase().includes(term.value));
  switch (term.operator) {
    case null:
      return facts.text.toLowerCase().includes(term.value) || facts.met.has(term.value);
    case 'verdict':
      return (
        facts.verdict.startsWith(term.value) ||
        facts.verdict.replaceAll('_', '-').startsWith(term.value) ||
        facts.text.startsWith(term.value)
      );
    case 'grade':
      return facts.grade.startsWith(term.value) || facts.gradeWord.startsWith(term.value);
    case 'host':
      return facts.host.toLowerCase().includes(term.value);
    case 'status':
      // `4xx` is how people write it.
      return facts.status.some((status) => status.startsWith(term.value.replace(/x+$/, '')));
    default:
      return includes(facts[term.operator]);
  }
}

/** Different operators must all hold; several values of one operator are alternatives; every negated one must fail. */
export function matches(filter: Filter, facts: Facts): boolean {
  if (filter.terms.some((term) => term.negated && holds(term, facts))) return false;
  if (filter.terms.some((term) => !term.negated && term.operator === null && !holds(term, facts))) return false;
  return OPERATORS.every((operator) => {
    const wanted = filter.terms.filter((term) => term.operator === operator && !term.negated);
    return wanted.length === 0 || wanted.some((term) => holds(term, facts));
  });
}

/** Candidates are hidden unless the filter asks about grades. */
export function showsCandidates(filter: Filter): boolean {
  return filter.terms.some(({ operator, negated }) => operator === 'grade' && !negated);
}

/** The terms of a line as they are written, a quoted value with its blanks. */
export function termsIn(line: string): readonly string[] {
  return line.match(/-?(?:[a-z]+|\p{Script=Han}+)[:：]"[^"]*"?|"[^"]*"?|\S+/giu) ?? [];
}

/** The line with a term added, or taken out where it stood already. */
export function toggled(line: string, term: string): string {
  const words = termsIn(line);
  const rest = words.filter((word) => word !== term);
  return (rest.length === words.length ? [...words, term] : rest).join(' ');
}

/** `type:"a b"` where the value needs quotes. */
export function termText(operator: Operator, value: string): string {
  return `${operator}:${/\s/.test(value) ? `"${value.replaceAll('"', '')}"` : value}`;
}
