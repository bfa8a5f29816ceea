import { limits } from '../../limits.js';
import { ambiguity } from './ambiguity.js';
import { buildAutomaton, EmptyLoop, TooLarge } from './automaton.js';
import { unbounded, waysLog10 } from './bounded.js';
import { isAnchored, readSyntax, type Term } from './syntax.js';

/**
 * Danger: a rule's expression runs over captured text, which the app under test chooses. One slow expression stops the audit
 * (CWE-1333). So it is refused when it is loaded, by proof and not by trial: see ambiguity.ts.
 * @returns what is wrong with the expression, or null.
 */
export function expressionProblem(source: string): string | null {
  if (source.length > limits.ruleExpression) return `the expression is longer than ${limits.ruleExpression} characters`;
  try {
    new RegExp(source, 'u');
  } catch (error) {
    return `not a regular expression: ${error instanceof Error ? error.message : String(error)}`;
  }
  try {
    const { term, lookarounds } = readSyntax(source);
    if (!isAnchored(term)) return 'the expression must hold the whole value: begin it with ^ and end it with $';
    for (const part of [term, ...lookarounds]) {
      const found = ambiguity(buildAutomaton(part, limits.ruleExpressionStates));
      if (found === 'exponential') return 'slow expression: a repeated part can read the same text in several ways (nested quantifier)';
      if (found === 'polynomial') return 'slow expression: two repeated parts, one after the other, can share the same text';
      if (hasTooManyWays(part))
        return `slow expression: its bounded repetitions and choices can read one text in over ${limits.ruleExpressionWays} ways`;
    }
  } catch (error) {
    if (error instanceof EmptyLoop) return 'slow expression: a repeated part can match nothing at all';
    if (error instanceof TooLarge)
      return `the expression is too large to be checked for speed (over ${limits.ruleExpressionStates} characters when its repetitions are written out)`;
    if (error instanceof SyntaxError) return `slow expression: ${error.message}`;
    throw error;
  }
  return null;
}

function hasTooManyWays(term: Term): boolean {
  if (waysLog10(term) <= Math.log10(limits.ruleExpressionWays)) return false;
  try {
    return ambiguity(buildAutomaton(unbounded(term), limits.ruleExpressionStates)) !== null;
  } catch (error) {
    // Repeated without end, some part could be empty: nothing is proved, and the count alone speaks.
    if (error instanceof EmptyLoop) return true;
    throw error;
  }
}
