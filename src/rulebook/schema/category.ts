import { z } from 'zod';
import { bilingual, both, id } from './text.js';

const condition = z.strictObject({ id, text: bilingual, basis: z.enum(['sent', 'reading']).nullable().default(null) });

const item = z
  .strictObject({
    text: bilingual,
    fields: z.array(id).min(1),
    condition: condition.nullable().default(null),
    fieldConditions: z.record(z.string(), condition).default({}),
    subject: id,
    source: z.enum(['user', 'device', 'user_or_device', 'transaction', 'server', 'mixed']),
    anyOf: z.boolean().default(false),
    container: z
      .strictObject({ words: z.array(z.string().regex(/^[a-z0-9]+$/)).min(1), fields: z.array(id).min(1) })
      .nullable()
      .default(null),
  })
  .superRefine((value, context) => {
    for (const field of Object.keys(value.fieldConditions))
      if (!value.fields.includes(field))
        context.addIssue({
          code: 'custom',
          path: ['fieldConditions', field],
          message: both(`“${field}”不是该项的字段`, `"${field}" is not a field of this item`),
        });
  });

/**
 * rules/packs/<pack>/categories/NN-<slug>.yaml. `items: unverified` is a list nobody could check: it is kept as null and never
 * judged. An `items:` left blank by mistake is refused, for it would silently become exactly that.
 */
export const category = z
  .strictObject({
    id,
    no: z.int().min(1).max(999),
    name: bilingual,
    basicFunction: bilingual.nullable(),
    noPersonalInfoNeeded: z.boolean(),
    items: z.preprocess((value) => (value === 'unverified' ? null : value === null ? undefined : value), z.array(item).nullable()),
    note: z.string().nullable().default(null),
  })
  .superRefine((value, context) => {
    if (value.items === null) return;
    if (value.noPersonalInfoNeeded && value.items.length > 0)
      context.addIssue({
        code: 'custom',
        path: ['items'],
        message: both('无须个人信息的 App 类型写 items: []', 'a category that needs no personal information has items: []'),
      });
    if (!value.noPersonalInfoNeeded && value.items.length === 0)
      context.addIssue({
        code: 'custom',
        path: ['items'],
        message: both(
          '空清单表示什么都不需要，此时 noPersonalInfoNeeded 为 true；清单不明的写 unverified',
          'an empty list says that nothing is needed: then noPersonalInfoNeeded is true; a list not known is "unverified"',
        ),
      });
  });
