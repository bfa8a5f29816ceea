import { limits } from '../limits.js';
import type { Field } from '../model/field.js';

/** What a scalar without quotes is (YAML 1.2.2, 10.3, core schema): all else is a text. */
const NUMBER = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;
const BOOLEAN = /^(?:true|false|True|False|TRUE|FALSE)$/;
const NULL = /^(?:~|null|Null|NULL)?$/;

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U(000[0-9a-fA-F]{5}|0010[0-9a-fA-F]{4})|\r?\n[ \t]*|([\s\S]))/g;
const SIGNS: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
  _: '\u00a0',
};
/** A line that goes on in the next is one with a blank. */
const FOLD = /(?<![ \t])[ \t]*\r?\n[ \t]*/g;

/** A scalar without quotes, and of which kind it is. Digits stay as they stand. */
export function readScalar(text: string): { readonly value: string; readonly kind: Field['kind'] } {
  const value = text.replace(/^(?:[!&][^\s]*\s+){1,2}/, '');
  if (NUMBER.test(value)) return { value, kind: 'number' };
  if (BOOLEAN.test(value)) return { value: value.toLowerCase(), kind: 'boolean' };
  return NULL.test(value) ? { value: 'null', kind: 'null' } : { value, kind: 'string' };
}

/**
 * A scalar in quotes; one of more than `limits.fieldText` characters is given as it is written.
 * @param at of the first of them. @returns its text and where it ends behind the last; null: that never comes.
 */
export function unquote(text: string, at: number): { readonly value: string; readonly end: number } | null {
  const quote = text[at];
  let end = at + 1;
  for (; end < text.length; end++) {
    if (quote === '"' && text[end] === '\\') end++;
    else if (text[end] === quote) {
      if (quote === '"' || text[end + 1] !== quote) break;
      end++;
    }
  }
  if (end >= text.length) return null;
  const inner = text.slice(at + 1, end);
  // An expression with millions of hits takes hundreds of MiB; that the rest of such a value is not looked at is told (`fieldText`).
  if (inner.length > limits.fieldText) return { value: inner, end: end + 1 };
  if (quote === "'") return { value: inner.replaceAll("''", "'").replace(FOLD, ' '), end: end + 1 };
  const value = inner.includes('\\')
    ? inner
        .replace(/([^\\ \t])[ \t]*\r?\n[ \t]*/g, '$1 ')
        .replace(ESCAPE, (_, byte?: string, short?: string, long?: string, sign?: string) => {
          const code = byte ?? short ?? long;
          if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
          return sign === undefined ? '' : (SIGNS[sign] ?? sign);
        })
    : inner.replace(FOLD, ' ');
  return { value, end: end + 1 };
}
