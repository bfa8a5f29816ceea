import { z } from 'zod';
import { id } from './text.js';

/** The declared inventory: what the app's own privacy policy says. */
export const declarations = z.strictObject({
  declared: z.array(
    z.strictObject({
      dataType: id,
      purpose: z.string().trim().min(1),
      receiver: z.string().trim().min(1).default('*'),
    }),
  ),
});
