import { z } from 'zod';
import { bilingual, hostSuffix, id } from './text.js';

/** rules/parties/<company>.yaml: one company, its SDKs and the hosts they answer at. */
export const party = z.strictObject({
  company: bilingual,
  hosts: z
    .array(z.strictObject({ suffix: hostSuffix, sdk: z.string().min(1).nullable().default(null), purpose: id, reason: z.string().min(1) }))
    .min(1),
});
