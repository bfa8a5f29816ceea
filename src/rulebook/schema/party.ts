import { z } from 'zod';
import { bilingual, both, id } from './text.js';

/** A suffix is whole labels: `umeng.com` covers `a.umeng.com` and never `notumeng.com`. Written in lower case, without a leading dot. */
const suffix = z
  .string()
  .max(253)
  .regex(
    /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}$/,
    both('后缀是小写的主机名，前面不带点和星号', 'a suffix is a host name in lower case, without dot or star in front'),
  );

/** rules/parties/<company>.yaml: one company, its SDKs and the hosts they answer at. */
export const party = z.strictObject({
  company: bilingual,
  hosts: z
    .array(z.strictObject({ suffix, sdk: z.string().min(1).nullable().default(null), purpose: id, reason: z.string().min(1) }))
    .min(1),
});
