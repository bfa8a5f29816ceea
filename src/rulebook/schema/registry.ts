import { z } from 'zod';
import { bilingual, both, date } from './text.js';

const text = z.string().trim().min(1);

/** rules/registry/registry.yaml: where the table of address registrations comes from, and what is taken out of it. */
export const registry = z.strictObject({
  title: bilingual,
  date,
  file: z.string().regex(/^[a-z0-9-]+\.bin$/, both('登记表是 registry.yaml 旁的 .bin 文件', 'a table is a .bin file beside registry.yaml')),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, both('SHA-256 为 64 位十六进制', 'a SHA-256 has 64 hexadecimal digits')),
  ranges: z.strictObject({ ipv4: z.int().min(0), ipv6: z.int().min(0) }),
  sources: z.array(z.strictObject({ name: text, licence: text, use: bilingual })).min(1),
  withheld: z.array(z.strictObject({ block: text, reason: text })).default([]),
  format: text,
  remake: text,
});

/** rules/registry/places.yaml: names of the codes that the table uses. */
export const places = z.strictObject({
  places: z.record(z.string().regex(/^[A-Z]{2}$/, both('代码为两个大写字母', 'a code has two capital letters')), bilingual),
});
