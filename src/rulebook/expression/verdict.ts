import { limits } from '../../limits.js';
import { ambiguity } from './ambiguity.js';
import { buildAutomaton, EmptyLoop } from './automaton.js';
import { characters, unbounded, waysLog10 } from './bounded.js';
import { isAnchored, readSyntax, type Term } from './syntax.js';

/** Expressions that were proved: the rules of vendors write the same few hundred times. */
const SOUND = new Set<string>();

/**
 * Danger: a rule's expression runs over captured text, which the app under test chooses. One slow expression stops the audit
 * (CWE-1333). So it is refused when it is loaded, by proof and not by trial: see ambiguity.ts.
 * @returns what is wrong with the expression, or null.
 */
export function expressionProblem(source: string): string | null {
  if (SOUND.has(source)) return null;
  const problem = problemOf(source);
  if (problem === null && SOUND.size < limits.ruleExpressionsKnown) SOUND.add(source);
  return problem;
}

function problemOf(source: string): string | null {
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
      if (characters(part) > limits.ruleExpressionStates)
        return `the expression is too large to be checked for speed (over ${limits.ruleExpressionStates} characters when its repetitions are written out)`;
      // Most expressions end here, and a thousand positions for `{10,900}` are never made.
      if (isPlain(part)) continue;
      const found = ambiguity(buildAutomaton(part));
      if (found === 'exponential') return 'slow expression: a repeated part can read the same text in several ways (nested quantifier)';
      if (found === 'polynomial') return 'slow expression: two repeated parts, one after the other, can share the same text';
      if (hasTooManyWays(part))
        return `slow expression: its bounded repetitions and choices can read one text in over ${limits.ruleExpressionWays} ways`;
    }
  } catch (error) {
    if (error instanceof EmptyLoop) return 'slow expression: a repeated part can match nothing at all';
    if (error instanceof SyntaxError) return `slow expression: ${error.message}`;
    throw error;
  }
  return null;
}

function hasTooManyWays(term: Term): boolean {
  return waysLog10(term) > Math.log10(limits.ruleExpressionWays);
}

/** Whether the expression has one way to read a text even where every repetition is unbounded: then it has with its bounds. */
function isPlain(term: Term): boolean {
  try {
    return ambiguity(buildAutomaton(unbounded(term))) === null;
  } catch (error) {
    // Repeated without end, some part could be empty: nothing is proved.
    if (error instanceof EmptyLoop) return false;
    throw error;
  }
}
