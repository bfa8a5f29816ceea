import { z } from 'zod';
import { bilingual, id } from './text.js';

/** rules/families.yaml. */
export const families = z.strictObject({
  families: z.array(
    z.strictObject({
      id,
      name: bilingual,
      roles: z.array(z.array(id).min(2)).default([]),
      follows: z.record(z.string(), id).default({}),
    }),
  ),
});
