import { z } from 'zod';
import { bilingual, both, date, id, packId } from './text.js';

const change = z.strictObject({ kind: id, since: packId, category: z.string().min(1), text: bilingual, verified: z.boolean() });

/** What an official pack and a user's own pack have in common. */
const common = {
  id: packId,
  version: z.string().regex(/^\d+\.\d+\.\d+$/, both('版本写作 1.2.3', 'a version is written "1.2.3"')),
  title: bilingual,
  changes: z.array(change).default([]),
};
const published = {
  /** Checked against the category files. */
  counts: z.strictObject({ categories: z.int().min(0), noPersonalInfoNeeded: z.int().min(0) }).optional(),
  documentNumber: z.string().nullable(),
  issuers: z.array(bilingual),
  dated: date,
  published: date,
  effective: date.nullable(),
  url: z.url().nullable(),
  articles: z.array(z.strictObject({ no: z.int().min(1), text: bilingual })),
};

/** rules/packs/<id>/pack.yaml of a published text. */
export const officialPack = z.strictObject({ ...common, ...published });

/** pack.yaml of a user's own pack: what it does not say, it takes from the pack it extends. */
export const userPack = z.strictObject({ ...common, extends: packId });
