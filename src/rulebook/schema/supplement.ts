import { z } from 'zod';
import { expression } from './expression.js';
import { bilingual, both, id, quotationProblem } from './text.js';

/** service-data.yaml beside pack.yaml: data that is the service itself when it goes to the app's own servers. */
export const serviceData = z.strictObject({
  serviceData: z.array(
    z.strictObject({
      field: id,
      categories: z.array(id).min(1).nullable().default(null),
      values: expression.nullable().default(null),
      notWords: z
        .array(
          z
            .string()
            .regex(
              /^(?:[a-z0-9]+(?: [a-z0-9]+)*|\p{Script=Han}+)$/u,
              both('词为小写字母和数字，以空格相连，或为汉字', 'words in lower case, joined by a space, or Chinese characters'),
            ),
        )
        .default([]),
      text: bilingual,
    }),
  ),
});

/** refusal.yaml: the questions of the refusal test (art. 4). */
export const refusal = z.strictObject({ questions: z.array(z.strictObject({ id, text: bilingual })) });

/** manual.yaml: what traffic cannot show. */
export const manual = z.strictObject({
  items: z.array(
    z
      .strictObject({
        id,
        clause: z.string().min(1),
        text: bilingual,
        visible: z.enum(['no', 'partial']),
        /** false: the Chinese is a paraphrase, not a quotation. */
        verified: z.boolean().default(true),
      })
      .superRefine((value, context) => {
        const problem = quotationProblem(value.text.zh, value.verified);
        if (problem !== null) context.addIssue({ code: 'custom', path: ['text', 'zh'], message: both(problem.zh, problem.en) });
      }),
  ),
});
