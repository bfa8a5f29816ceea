import { z } from 'zod';

/** Text for people; both languages, neither empty. */
export const bilingual = z.strictObject({ zh: z.string().trim().min(1), en: z.string().trim().min(1) });

/** How a Chinese text of the law begins that could not be compared with the official one word for word. */
const PARAPHRASE = '（大意）';

/** @returns why text and mark do not agree; null where they do. What is not verified must never read like a quotation. */
export function quotationProblem(zh: string, verified: boolean): string | null {
  if (verified === !zh.startsWith(PARAPHRASE)) return null;
  return verified
    ? `begins with ${PARAPHRASE}, so "verified: false" belongs beside it`
    : `not verified word for word: the text begins with ${PARAPHRASE}`;
}

/** Ids are part of paths, flags and reports: plain lower-case words. */
export const id = z.string().regex(/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/, 'an id is made of lower-case words joined by _');

/** Pack ids name folders: words joined by `-`. */
export const packId = z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'a pack id is made of lower-case words joined by -');

/** Stays text: YAML 1.2 core has no dates. */
export const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date is written "YYYY-MM-DD"');
