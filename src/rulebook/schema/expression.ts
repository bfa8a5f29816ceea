import { z } from 'zod';
import { expressionProblem } from '../expression/verdict.js';
import { both } from './text.js';

/** A regular expression of a rule, which was proved to hold whole values and to be fast. */
export const expression = z.string().superRefine((source, context) => {
  const problem = expressionProblem(source);
  if (problem !== null) context.addIssue({ code: 'custom', message: both(problem.zh, problem.en) });
});
