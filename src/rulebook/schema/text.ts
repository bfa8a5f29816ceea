import { z } from 'zod';

/** Text for people; both languages, neither empty. */
export const bilingual = z.strictObject({ zh: z.string().trim().min(1), en: z.string().trim().min(1) });

/** Ids are part of paths, flags and reports: plain lower-case words. */
export const id = z.string().regex(/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/, 'an id is made of lower-case words joined by _');

/** Pack ids name folders: words joined by `-`. */
export const packId = z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'a pack id is made of lower-case words joined by -');

/** Stays text: YAML 1.2 core has no dates. */
export const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date is written "YYYY-MM-DD"');
