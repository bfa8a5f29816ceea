import { limits } from '../../limits.js';
import type { Bilingual } from '../../model/text.js';
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
export function expressionProblem(source: string): Bilingual | null {
  if (SOUND.has(source)) return null;
  const problem = problemOf(source);
  if (problem === null && SOUND.size < limits.ruleExpressionsKnown) SOUND.add(source);
  return problem;
}

function problemOf(source: string): Bilingual | null {
  if (source.length > limits.ruleExpression)
    return {
      zh: `表达式超过 ${limits.ruleExpression} 个字符`,
      en: `the expression is longer than ${limits.ruleExpression} characters`,
    };
  try {
    new RegExp(source, 'u');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { zh: `不是有效的正则表达式（${why}）`, en: `not a regular expression: ${why}` };
  }
  try {
    const { term, lookarounds } = readSyntax(source);
    if (!isAnchored(term))
      return {
        zh: '表达式须匹配整个值：以 ^ 开头、以 $ 结尾',
        en: 'the expression must hold the whole value: begin it with ^ and end it with $',
      };
    for (const part of [term, ...lookarounds]) {
      if (characters(part) > limits.ruleExpressionStates)
        return {
          zh: `表达式太大，无法核对速度（重复展开后超过 ${limits.ruleExpressionStates} 个字符）`,
          en: `the expression is too large to be checked for speed (over ${limits.ruleExpressionStates} characters when its repetitions are written out)`,
        };
      // Most expressions end here, and a thousand positions for `{10,900}` are never made.
      if (isPlain(part)) continue;
      const found = ambiguity(buildAutomaton(part));
      if (found === 'exponential')
        return {
          zh: '表达式太慢：重复的部分能以多种方式匹配同一段文字（嵌套量词）',
          en: 'slow expression: a repeated part can read the same text in several ways (nested quantifier)',
        };
      if (found === 'polynomial')
        return {
          zh: '表达式太慢：前后相连的两个重复部分能匹配同一段文字',
          en: 'slow expression: two repeated parts, one after the other, can share the same text',
        };
      if (hasTooManyWays(part))
        return {
          zh: `表达式太慢：其中的重复和选择能以超过 ${limits.ruleExpressionWays} 种方式匹配同一段文字`,
          en: `slow expression: its bounded repetitions and choices can read one text in over ${limits.ruleExpressionWays} ways`,
        };
    }
  } catch (error) {
    if (error instanceof EmptyLoop)
      return { zh: '表达式太慢：重复的部分可以什么都不匹配', en: 'slow expression: a repeated part can match nothing at all' };
    if (error instanceof SyntaxError) return { zh: '表达式太慢：含反向引用，无法核对速度', en: `slow expression: ${error.message}` };
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
