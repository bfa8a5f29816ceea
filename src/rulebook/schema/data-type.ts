import { z } from 'zod';
import { limits } from '../../limits.js';
import { expression } from './expression.js';
import { bilingual, both, id } from './text.js';

const yes = z.enum(['yes', 'no', 'context']);
/** What a pattern may earn. `confirmed` needs a known value of the persona, `opaque` is no grade of a data type. */
const grade = z.enum(['strong', 'probable', 'candidate']).nullable().default(null);
/** `os|sys version|ver`: each word in every one of its spellings. */
const name = z
  .string()
  .min(1)
  .refine((key) => key.split(' ').reduce((count, word) => count * word.split('|').length, 1) <= limits.keySpellings, {
    message: both(`写法超过 ${limits.keySpellings} 种`, `has more than ${limits.keySpellings} spellings`),
  });
const words = z.array(name).default([]);

const example = z
  .strictObject({ key: z.string().min(1).optional(), value: z.string(), why: z.string().optional() })
  .transform(({ key, value, why }) => ({ value, ...(key === undefined ? {} : { key }), ...(why === undefined ? {} : { why }) }));

const detect = z.strictObject({
  keys: words,
  weakKeys: words,
  contextKeys: words,
  notKeys: words,
  shape: expression.nullable().default(null),
  validator: z
    .string()
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, both('校验器以其文件命名', 'a validator is named after its file'))
    .nullable()
    .default(null),
  withKey: grade,
  withoutKey: grade,
});

/** rules/data-types/<id>.yaml. A type that has not said both what it matches and what it must not match does not load. */
export const dataType = z.strictObject({
  id,
  name: bilingual,
  family: id,
  gbt35273: bilingual,
  sensitive: z.strictObject({ pipl28: yes, gbt35273B: z.boolean(), gbt45574: yes }),
  obtainedBy: id,
  identifier: z.enum(['immutable', 'resettable']).nullable().default(null),
  technical: z.boolean().default(false),
  mask: z.strictObject({ start: z.int().min(0).max(32), end: z.int().min(0).max(32) }).default({ start: 3, end: 2 }),
  /** Free text: whose data it is. */
  role: z.string().optional(),
  detectable: z.enum(['detectors', 'key-only', 'known-value-only', 'container']),
  detect: detect.default({
    keys: [],
    weakKeys: [],
    contextKeys: [],
    notKeys: [],
    shape: null,
    validator: null,
    withKey: null,
    withoutKey: null,
  }),
  match: z.array(example).min(1, both('个人信息类型至少要有一个应当匹配的例子', 'a data type needs at least one example that it matches')),
  noMatch: z
    .array(example)
    .min(1, both('个人信息类型至少要有一个不应匹配的例子', 'a data type needs at least one example that it must not match')),
  note: z.string().nullable().default(null),
  /** Said in the reason of a verdict beyond the list. */
  caution: bilingual.nullable().default(null),
});
