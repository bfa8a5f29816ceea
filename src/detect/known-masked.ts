import { STARS } from './disguise.js';
import type { CanonicalValue } from './forms/canonical.js';

export interface MaskedHit {
  readonly value: number;
  readonly span: readonly [number, number] | null;
  readonly text: string;
}

/** Characters that must show for the comparison to mean anything: 138****5678 shows seven. */
const FEWEST_SHOWN = 6;
const FEWEST_STARS = 2;
const LONGEST = 64;
const STAR = new RegExp(`[${STARS}]`);
const STAR_BYTES = [...STARS].map((star) => Buffer.from(star, 'utf8'));
const NONE: readonly MaskedHit[] = [];
const RUN = new RegExp(`[${STARS}]{2,32}`, 'g');
const PARTS = new RegExp(`^([^${STARS}]*)([${STARS}]+)([^${STARS}]*)$`);
/** Ends a masked value: white space, quotes, brackets, separators of lists and forms. */
const BREAK = /[\s"'<>{}[\],;|&=]/;
/** Characters looked at on either side of the stars. */
const MOST_SHOWN = 40;

/** The writings that a masked value is compared with. */
export interface MaskedTexts {
  readonly texts: ReadonlyArray<{ readonly value: number; readonly lower: string }>;
}

/** The writings of the persona's values of which enough would show behind stars. */
export function maskedTexts(values: readonly CanonicalValue[]): MaskedTexts {
  const texts = values.flatMap(({ texts: all }, value) =>
    all
      .filter(({ text, form }) => form !== 'number' && form !== 'part' && form !== 'imeisv' && text.length > FEWEST_SHOWN)
      .map(({ text }) => ({ value, lower: text.toLowerCase() })),
  );
  return { texts };
}

/**
 * Finds values that were masked before they were sent: the shown ends equal the ends of a known value. That is probable, not
 * certain, because the middle is not seen.
 */
export function findMasked(text: string, known: MaskedTexts): readonly MaskedHit[] {
  if (!STAR.test(text)) return NONE;
  const hits: MaskedHit[] = [];
  const whole = text.length <= LONGEST ? compare(text.replace(/[\s-]/g, ''), known) : null;
  if (whole !== null) return [{ value: whole, span: null, text }];
  for (const match of text.matchAll(RUN)) {
    let start = match.index;
    let end = start + match[0].length;
    while (start > 0 && match.index - start < MOST_SHOWN && !BREAK.test(text[start - 1]!)) start--;
    while (end < text.length && end - match.index < MOST_SHOWN && !BREAK.test(text[end]!)) end++;
    const token = text.slice(start, end);
    const value = compare(token, known);
    if (value !== null) hits.push({ value, span: [start, end], text: token });
  }
  return hits;
}

/** Whether a text could be a masked value. */
export function hasStar(text: string): boolean {
  return STAR.test(text);
}

/** Whether any text of a message could hold a masked value; asked once for all of them. */
export function hasStars(bytes: Uint8Array): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return STAR_BYTES.some((star) => view.includes(star));
}

function compare(token: string, { texts }: MaskedTexts): number | null {
  const parts = PARTS.exec(token);
  if (parts === null) return null;
  const [, start = '', stars = '', end = ''] = parts;
  const shown = start.length + end.length;
  if (shown < FEWEST_SHOWN || stars.length < FEWEST_STARS || start.length === 0 || end.length < 2) return null;
  const [first, last] = [start.toLowerCase(), end.toLowerCase()];
  for (const { value, lower } of texts) {
    const hidden = lower.length - shown;
    // Some apps print a fixed number of stars whatever they hide.
    if (hidden < 1 || (stars.length !== hidden && (stars.length < 3 || hidden < 2))) continue;
    if (lower.startsWith(first) && lower.endsWith(last)) return value;
  }
  return null;
}
