/**
 * Danger: host names, paths, keys and values come from apps that may be hostile, and a report is opened in a browser by people who
 * trust it. Fences: the only way from a string to markup is `escaped()`, which the `html` tag applies to every value put into it;
 * characters that change what the eye reads (direction marks, invisible ones, controls) are written out; and the document's CSP
 * allows no script at all.
 */

import { escaped } from '../visible.js';

/** Markup that is safe to print. Made by `html` only. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Printable = Html | string | number | null | readonly Printable[];

function printed(value: Printable): string {
  if (value === null) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  return value.map(printed).join('');
}

/** Markup with every value escaped, unless it is markup itself. Lists are joined, null prints nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Printable[]): Html {
  return new Html(strings.map((part, at) => `${part}${at < values.length ? printed(values[at] ?? null) : ''}`).join(''));
}

/** Puts a separator between pieces. */
export function joined(pieces: readonly Printable[], separator: Printable): Printable {
  return pieces.flatMap((piece, at) => (at === 0 ? [piece] : [separator, piece]));
}
