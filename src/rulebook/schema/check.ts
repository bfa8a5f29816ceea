import { z } from 'zod';
import { SEVERITIES } from '../../model/finding.js';
import { CHECK_NEEDS } from '../../model/rulebook.js';
import { bilingual, both, id, quotationProblem } from './text.js';

const ids = z.array(id).optional();

const scope = z
  .strictObject({ dataTypes: ids, families: ids, exceptDataTypes: ids, exceptPurposes: ids, alsoTechnical: ids })
  // Absent keys stay absent: the model's scope narrows by what is there.
  .transform((value) => Object.fromEntries(Object.entries(value).filter(([, list]) => list !== undefined)) as Record<string, string[]>);

/** rules/checks/<id>.yaml: what a check means; how it looks is src/judge/checks/<id>.ts. */
export const check = z
  .strictObject({
    id,
    name: bilingual,
    severity: z.enum(SEVERITIES),
    clause: z.string().min(1),
    clauseText: bilingual,
    /** false: the Chinese is a paraphrase, not a quotation. */
    verified: z.boolean().default(true),
    advice: bilingual,
    fineWhen: bilingual,
    settings: z.record(id, z.number().nonnegative()).default({}),
    scope: scope.default({}),
    needs: z.enum(CHECK_NEEDS).nullable().default(null),
    answers: z.boolean().default(false),
  })
  .superRefine((value, context) => {
    const problem = quotationProblem(value.clauseText.zh, value.verified);
    if (problem !== null) context.addIssue({ code: 'custom', path: ['clauseText', 'zh'], message: both(problem.zh, problem.en) });
  });
