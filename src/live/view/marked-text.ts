import type { Occurrence } from '../../model/finding.js';
import { placeTokens, relation, withoutCodings } from './place.js';

/** A piece of evidence to be shown in the message: masked, or in clear once it was revealed. */
export interface Mark {
  readonly finding: string;
  readonly occurrence: Occurrence;
  readonly tokens: readonly string[];
}

/** A run of text; `marks` are indexes into the marks of the answer (a container may hold several). `hidden`: `text` stands in for the real one. */
export interface Segment {
  readonly text: string;
  readonly marks?: readonly number[];
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
/** Stars for one part of a pair, at most. */
const PART_STARS = 8;

/** Where an occurrence is to be marked. */
export function markOf(finding: string, occurrence: Occurrence): Mark {
  return { finding, occurrence, tokens: withoutCodings(placeTokens(occurrence.path)) };
}

/** Coordinates are put together from two fields: each of them alone says where somebody is. */
function partsOf(value: string): readonly string[] {
  const parts = value.split(/[,;\s]+/);
  return parts.length > 1 && parts.every((part) => /^-?\d+\.\d+$/.test(part)) ? [value, ...parts] : [value];
}

/** The mask of a pair keeps the beginning of its first half; in the place of the other half it would read as a false value. */
function maskOf(part: string, { value, masked }: Occurrence): string {
  const kept = masked.slice(0, Math.max(0, masked.indexOf('*')));
  return part === value || part.startsWith(kept) ? masked : '*'.repeat(Math.min(PART_STARS, part.length));
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
        else if (how === 'inside') this.#spans.push({ start: leaf.start, end: leaf.end, mark: index, mask: `‹${whole}›` });
        else if (how === 'direct') this.#spans.push({ start: leaf.start, end: leaf.end, mark: index, mask: masked });
        else this.#spans.push({ start: leaf.start, end: leaf.end, mark: index, mask: `‹${nestedSteps(mark, steps)} · ${whole}›` });
      }
  }

  /** Marks every further place where a value of the exchange stands, and looks for `own` evidence that no path led to. */
  search(marks: readonly Mark[], own: readonly number[]): void {
    for (const [index, mark] of marks.entries()) {
      const least = own.includes(index) && !this.#found.has(index) ? FALLBACK_LENGTH : SEARCHED_LENGTH;
      for (const part of partsOf(mark.occurrence.value)) {
        if (part.length < least) continue;
        const mask = maskOf(part, mark.occurrence);
        for (const form of writtenForms(part))
          for (let at = this.text.indexOf(form); at >= 0; at = this.text.indexOf(form, at + form.length)) {
            this.#spans.push({ start: at, end: at + form.length, mark: index, mask });
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

  /** Marks the whole text as the value (or a part of a value that was put together from several fields). */
  whole(index: number, mask: string): void {
    this.#spans.push({ start: 0, end: this.text.length, mark: index, mask });
    this.#found.add(index);
  }

  has(index: number): boolean {
    return this.#found.has(index);
  }

  /** @param open which marks may be shown in clear. */
  segments(own: readonly number[], open: (mark: number) => boolean): readonly Segment[] {
    const lost = own.find((index) => !this.#found.has(index) && !open(index));
    if (lost !== undefined && this.text.length > 0) return [{ text: `‹${this.text.length}›`, marks: own, hidden: true }];
    const segments: Segment[] = [];
    let at = 0;
    for (const span of this.#disjoint(open)) {
      if (span.start > at) segments.push({ text: this.text.slice(at, span.start) });
      const marks = [...span.marks];
      if (marks.every(open)) segments.push({ text: this.text.slice(span.start, span.end), marks });
      else segments.push({ text: span.mask, marks, hidden: true });
      at = span.end;
    }
    if (at < this.text.length) segments.push({ text: this.text.slice(at) });
    return segments;
  }

  /** Overlapping spans become one, which is hidden as long as one of them is: a neighbour must not uncover part of it. */
  #disjoint(open: (mark: number) => boolean): readonly Merged[] {
    const out: Merged[] = [];
    for (const { start, end, mark, mask } of [...this.#spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
      const last = out.at(-1);
      if (last === undefined || start >= last.end) {
        out.push({ start, end, mask, marks: new Set([mark]) });
        continue;
      }
      if ([...last.marks].every(open)) last.mask = mask;
      last.end = Math.max(last.end, end);
      last.marks.add(mark);
    }
    return out;
  }
}

interface Merged {
  readonly start: number;
  end: number;
  mask: string;
  readonly marks: Set<number>;
}

function nestedSteps(mark: Mark, steps: readonly string[]): string {
  const inPath = mark.tokens.filter((token) => token.startsWith('|')).map((token) => token.slice(1));
  return (inPath.length > 0 ? inPath : steps).join(' → ');
}
