import type { Term } from './syntax.js';

/**
 * Bounded repetitions make no loop, so the proof of ambiguity.ts does not see them; yet `^(?:\d{1,50}){1,50}$` and thirty times
 * `a?` before thirty `a` are as slow as any loop. Here their number is counted, and the loops they stand for are made.
 */

/** The expression with every repetition unbounded: what is unambiguous here is so with any bounds. */
export function unbounded(term: Term): Term {
  switch (term.kind) {
    case 'sequence':
      return { kind: 'sequence', parts: term.parts.map(unbounded) };
    case 'choice':
      return { kind: 'choice', options: term.options.map(unbounded) };
    case 'repeat':
      return { kind: 'repeat', body: unbounded(term.body), min: Math.min(1, term.min), max: null };
    default:
      return term;
  }
}

/**
 * An upper bound for the ways in which one text can be read through choices and bounded repetitions, as a power of ten: choices
 * add, everything in a row multiplies. Unbounded loops count once; how they share text is proved elsewhere.
 */
export function waysLog10(term: Term): number {
  switch (term.kind) {
    case 'sequence':
      return term.parts.reduce((sum, part) => sum + waysLog10(part), 0);
    case 'choice': {
      const options = term.options.map(waysLog10);
      const most = Math.max(...options);
      return most + Math.log10(options.reduce((sum, log) => sum + 10 ** (log - most), 0));
    }
    case 'repeat':
      return term.max === null ? waysLog10(term.body) : waysLog10(term.body) * term.max + Math.log10(term.max - term.min + 1);
    default:
      return 0;
  }
}

/** How many characters the expression has when its repetitions are written out: the positions of its automaton. */
export function characters(term: Term): number {
  switch (term.kind) {
    case 'set':
      return 1;
    case 'sequence':
      return term.parts.reduce((sum, part) => sum + characters(part), 0);
    case 'choice':
      return term.options.reduce((sum, option) => sum + characters(option), 0);
    case 'repeat':
      return characters(term.body) * (term.max ?? Math.max(1, term.min));
    default:
      return 0;
  }
}
