import { z } from 'zod';
import { expression } from './expression.js';
import { bilingual, both, hostSuffix } from './text.js';

/** Two stars are enough for every place met so far, and keep the comparison cheap. */
const stars = (text: string) => text.split('*').length <= 3;

/** The beginning of a URL path: `/v3/geocode/`; a star stands for any text. */
const urlPath = z
  .string()
  .max(200)
  .startsWith('/', both('路径以 / 开头', 'a path begins with /'))
  .refine(stars, both('路径里最多两个星号', 'a path has at most two stars'));

const fieldPath = z.string().max(120).refine(stars, both('路径里最多两个星号', 'a path has at most two stars'));

/** A label that a part begins with, or its place. A text of more parts than this is a table, no description of a device. */
const part = z.strictObject({
  between: z.string().min(1).max(4),
  at: z.union([z.number().int().min(0).max(99), z.string().min(1).max(40)]),
});

const field = z
  .strictObject({
    key: z.string().min(1).max(80).nullable().default(null),
    path: fieldPath.nullable().default(null),
    part: part.nullable().default(null),
    type: z.string().min(1).nullable(),
    shape: expression.nullable().default(null),
    beside: z.record(z.string(), z.string()).default({}),
    reason: bilingual,
    match: z.array(z.string()).min(1, both('字段至少要有一个应当匹配的例子', 'a field needs at least one example that it matches')),
    noMatch: z.array(z.string()).default([]),
  })
  .refine(({ key, path }) => (key === null) !== (path === null), both('key 与 path 只写其一', 'give either "key" or "path"'))
  .refine(
    ({ part, type }) => part === null || type !== null,
    both('part 须有类型；不是个人信息的不必写', 'a part has a type; one that is no personal data is left out'),
  );

const endpoint = z
  .strictObject({
    hosts: z.array(hostSuffix).default([]),
    paths: z.array(urlPath).default([]),
    having: z.array(z.string().min(1)).default([]),
    basis: z.string().min(1),
    fields: z.array(field).min(1),
  })
  .refine(
    ({ hosts, having }) => hosts.length > 0 || having.length >= 2,
    both('没有 hosts 时，having 至少写两个字段', 'without hosts, "having" must name at least two fields'),
  );

/** rules/endpoints/<vendor>.yaml: what short names mean at one vendor's interfaces. */
export const endpoints = z.strictObject({ vendor: bilingual, endpoints: z.array(endpoint).min(1) });
