import { limits } from '../../limits.js';

/** The columns of a table in the order in which its rows keep them. */
export interface TableColumns {
  readonly names: readonly string[];
  /** Place of the column that is another name for the number of the row (sqlite.org/lang_createtable.html#rowid); -1: there is none. */
  readonly rowId: number;
}

/** Names, quoted ones, comments, brackets and the rest of SQL, as far as it matters where a column ends. What is never closed ends with the text. */
const WORDS =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"((?:[^"]|"")*)(?:"|$)|`((?:[^`]|``)*)(?:`|$)|\[([^\]]*)(?:\]|$)|'((?:[^']|'')*)(?:'|$)|([A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|[(),]/g;
/** What a definition of the table begins with that is no column. */
const CONSTRAINT = /^(?:constraint|primary|unique|check|foreign)$/i;

interface Word {
  readonly text: string;
  readonly isQuoted: boolean;
}

interface Definition {
  readonly words: readonly Word[];
  /** Those in brackets behind them: `(18, 2)`, `(id, name)`. */
  readonly inner: readonly Word[];
}

/** The definitions between the brackets of a table, and the words behind these. */
function definitionsOf(sql: string): { readonly definitions: readonly Definition[]; readonly options: string } {
  const definitions: Definition[] = [];
  const options: string[] = [];
  let words: Word[] = [];
  let inner: Word[] = [];
  let depth = 0;
  let isPast = false;
  const end = () => {
    if (words.length > 0) definitions.push({ words, inner });
    [words, inner] = [[], []];
  };
  for (const [whole, double, back, square, single, bare] of sql.slice(0, limits.fieldText).matchAll(WORDS)) {
    if (whole === '(') depth++;
    else if (whole === ')') {
      if (--depth === 0) {
        end();
        isPast = true;
      }
    } else if (whole === ',') {
      if (depth === 1) end();
    } else {
      const quoted = double?.replaceAll('""', '"') ?? back?.replaceAll('``', '`') ?? square ?? single?.replaceAll("''", "'");
      const text = quoted ?? bare;
      if (text === undefined) continue;
      if (isPast) options.push(text);
      else if (depth >= 1) (depth === 1 ? words : inner).push({ text, isQuoted: quoted !== undefined });
    }
  }
  return { definitions, options: options.join(' ') };
}

const isWord = ({ text, isQuoted }: Word, wanted: string) => !isQuoted && text.toLowerCase() === wanted;

function isPrimary(words: readonly Word[]): boolean {
  return words.some((word, at) => isWord(word, 'primary') && words[at + 1] !== undefined && isWord(words[at + 1]!, 'key'));
}

/** A column that is computed when it is read stands in no row. */
function isStored(words: readonly Word[]): boolean {
  return !words.slice(1).some((word) => isWord(word, 'as')) || words.some((word) => isWord(word, 'stored'));
}

/**
 * The columns of a `CREATE TABLE`, as SQLite keeps it in its schema.
 * @param sql of which no more than a field keeps is read: SQLite allows 2,000 columns.
 * @returns null: it is none of an ordinary table.
 */
export function columnsOf(sql: string): TableColumns | null {
  if (!/^\s*create\s+table\b/i.test(sql)) return null;
  const { definitions, options } = definitionsOf(sql);
  const columns = definitions.filter(({ words }) => words[0]!.isQuoted || !CONSTRAINT.test(words[0]!.text));
  const stored = columns.filter(({ words }) => isStored(words)).map(({ words }) => words[0]!.text);
  const isColumn = new Set(columns);
  const constraint = definitions.find((each) => !isColumn.has(each) && isPrimary(each.words));
  const own = columns.find(({ words }) => isPrimary(words.slice(1)));
  const keys = constraint?.inner.map(({ text }) => text) ?? own?.words.slice(0, 1).map(({ text }) => text) ?? [];
  if (/without rowid/i.test(options)) return { names: keyed(stored, keys), rowId: -1 };
  const key = columns.find(({ words }) => keys.length > 0 && words[0]!.text.toLowerCase() === keys[0]!.toLowerCase());
  const isAlias = key !== undefined && key.words[1]?.text.toLowerCase() === 'integer';
  return { names: stored, rowId: isAlias ? stored.indexOf(key.words[0]!.text) : -1 };
}

/** A table without numbers keeps the columns of its key first (sqlite.org/fileformat2.html, 2.4). */
function keyed(names: readonly string[], keys: readonly string[]): readonly string[] {
  const byName = new Map(names.map((name) => [name.toLowerCase(), name]));
  const first = new Set<string>();
  for (const key of keys) {
    const name = byName.get(key.toLowerCase());
    if (name !== undefined) first.add(name);
  }
  return [...first, ...names.filter((name) => !first.has(name))];
}
