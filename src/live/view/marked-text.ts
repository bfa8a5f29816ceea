import type { Occurrence } from '../../model/finding.js';
import { placeTokens, relation, withoutCodings } from './place.js';

/** A piece of evidence to be shown in the message: masked, or in clear once it was revealed. */
export interface Mark {
  readonly finding: string;
  readonly occurrence: Occurrence;
  readonly tokens: readonly string[];
}

/** A run of text; `mark` is an index into the marks of the answer. `hidden`: `text` stands in for the real one. */
export interface Segment {
  readonly text: string;
  readonly mark?: number;
  readonly hidden?: true;
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly mark: number;
  /** What stands there while it is hidden. */
  readonly mask: string;
}

export interface Leaf {
  readonly tokens: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** Shorter values ("1", "男") stand everywhere by chance; they are only marked where their path says so. */
const SEARCHED_LENGTH = 6;
/** When the path is not found, a value of this length is still looked for in its own part before the part is withheld. */
const FALLBACK_LENGTH = 4;

export function markOf(finding: string, occurrence: Occurrence): Mark {
  return { finding, occurrence, tokens: withoutCodings(placeTokens(occurrence.path)) };
}

/** The forms in which a value may stand in the text of a message. */
export function writtenForms(value: string): readonly string[] {
  const quoted = JSON.stringify(value).slice(1, -1);
  const forms = [value, quoted, quoted.replaceAll('/', '\\/'), value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')];
  const escaped = quoted.replace(/[^\0-\x7f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  forms.push(
    escaped,
    escaped.replace(/\\u[0-9a-f]{4}/g, (code) => `\\u${code.slice(2).toUpperCase()}`),
  );
  try {
    const percent = encodeURIComponent(value);
    forms.push(
      percent,
      percent.replaceAll('%20', '+'),
      percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    );
  } catch {
    // A lone surrogate has no percent form (ECMA-262, URIError); then there is nothing to look for.
  }
  return [...new Set(forms)].filter((form) => form.length > 0);
}

/**
 * Masks evidence inside one text of a message. `claim` first (by path), then `search` (by value), then `segments`. It fails
 * closed: a piece of evidence that belongs here and was found neither way hides the whole text.
 */
export class MarkedText {
  readonly text: string;
  readonly #spans: Span[] = [];
  readonly #found = new Set<number>();

  constructor(text: string) {
    this.text = text;
  }

  /** Marks evidence whose path names one of these leaves. */
  claim(leaves: readonly Leaf[], marks: readonly Mark[], own: readonly number[]): void {
    for (const leaf of leaves)
      for (const index of own) {
        const mark = marks[index]!;
        const how = relation(leaf.tokens, mark.tokens);
        if (how === null) continue;
        this.#found.add(index);
        const { span, masked, steps } = mark.occurrence;
        const whole = leaf.end - leaf.start;
        // Offsets count in the decoded value; they hold here only where nothing was escaped before them.
        if (
          how === 'direct' &&
          span !== null &&
          span[1] <= whole &&
          this.text.slice(leaf.start + span[0], leaf.start + span[1]) === mark.occurrence.value
        )
          this.#spans.push({ start: leaf.start + span[0], end: leaf.start + span[1], mark: index, mask: masked });
        else if (how === 'direct') this.#spans.push({ start: leaf.start, end: leaf.end, mark: index, mask: masked });
        else this.#spans.push({ start: leaf.start, end: leaf.end, mark: index, mask: `‹${nestedSteps(mark, steps)} · ${whole}›` });
      }
  }

  /** Marks every further place where a value of the exchange stands, and looks for `own` evidence that no path led to. */
  search(marks: readonly Mark[], own: readonly number[]): void {
    for (const [index, mark] of marks.entries()) {
      const least = own.includes(index) && !this.#found.has(index) ? FALLBACK_LENGTH : SEARCHED_LENGTH;
      if (mark.occurrence.value.length < least) continue;
      for (const form of writtenForms(mark.occurrence.value)) {
        for (let at = this.text.indexOf(form); at >= 0; at = this.text.indexOf(form, at + form.length)) {
          this.#spans.push({ start: at, end: at + form.length, mark: index, mask: mark.occurrence.masked });
          this.#found.add(index);
        }
      }
    }
  }

  /** Hides a run of text that leads to evidence (the base64 text that the next step reads), wherever it stands. */
  hide(part: string, index: number, mask: string): void {
    if (part.length === 0) return;
    for (let at = this.text.indexOf(part); at >= 0; at = this.text.indexOf(part, at + part.length)) {
      this.#spans.push({ start: at, end: at + part.length, mark: index, mask });
      this.#found.add(index);
    }
  }

  has(index: number): boolean {
    return this.#found.has(index);
  }

  /** @param open which marks may be shown in clear. */
  segments(own: readonly number[], open: (mark: number) => boolean): readonly Segment[] {
    const lost = own.find((index) => !this.#found.has(index) && !open(index));
    if (lost !== undefined && this.text.length > 0) return [{ text: `‹${this.text.length}›`, mark: lost, hidden: true }];
    const segments: Segment[] = [];
    let at = 0;
    for (const span of this.#disjoint(open)) {
      if (span.start > at) segments.push({ text: this.text.slice(at, span.start) });
      if (open(span.mark)) segments.push({ text: this.text.slice(span.start, span.end), mark: span.mark });
      else segments.push({ text: span.mask, mark: span.mark, hidden: true });
      at = span.end;
    }
    if (at < this.text.length) segments.push({ text: this.text.slice(at) });
    return segments;
  }

  /** Overlapping spans become one; a hidden one wins, so that a neighbour cannot uncover part of it. */
  #disjoint(open: (mark: number) => boolean): readonly Span[] {
    const out: Span[] = [];
    for (const span of [...this.#spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
      const last = out.at(-1);
      if (last === undefined || span.start >= last.end) {
        out.push(span);
        continue;
      }
      const shown = open(last.mark) && !open(span.mark) ? span : last;
      out[out.length - 1] = { ...shown, start: last.start, end: Math.max(last.end, span.end) };
    }
    return out;
  }
}

function nestedSteps(mark: Mark, steps: readonly string[]): string {
  const inPath = mark.tokens.filter((token) => token.startsWith('|')).map((token) => token.slice(1));
  return (inPath.length > 0 ? inPath : steps).join(' → ');
}
