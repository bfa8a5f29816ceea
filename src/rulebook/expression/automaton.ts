import type { Ranges, Term } from './syntax.js';

/**
 * The position automaton (Glushkov) of an expression. Every edge carries how many ways lead along it, up to 2: two ways between
 * the same two positions are two parses of the same text, and inside a loop that doubles the work with every character.
 */
export interface Automaton {
  /** Code points each position matches. */
  readonly sets: readonly Ranges[];
  readonly next: ReadonlyArray<ReadonlyMap<number, Ways>>;
}
type Ways = 1 | 2;
type Ends = Map<number, Ways>;

interface Part {
  readonly first: Ends;
  readonly last: Ends;
  /** Ways to match the empty text: 0, 1, or 2 and more. */
  readonly empty: number;
}

export class EmptyLoop extends Error {}

const cap = (ways: number): Ways => (ways > 1 ? 2 : 1);

function merged(a: Ends, b: Ends, times: number): Ends {
  if (times === 0) return a;
  const out = new Map(a);
  for (const [position, ways] of b) out.set(position, cap((out.get(position) ?? 0) + ways * times));
  return out;
}

class Builder {
  readonly sets: Ranges[] = [];
  readonly next: Ends[] = [];

  build(term: Term): Part {
    switch (term.kind) {
      case 'set':
        return this.position(term.ranges);
      case 'sequence':
        return term.parts.reduce<Part>((before, part) => this.joined(before, this.build(part)), NOTHING);
      case 'choice':
        return term.options
          .map((option) => this.build(option))
          .reduce((a, b) => ({
            first: merged(a.first, b.first, 1),
            last: merged(a.last, b.last, 1),
            empty: Math.min(2, a.empty + b.empty),
          }));
      case 'repeat':
        return this.repeated(term.body, term.min, term.max);
      default:
        return NOTHING;
    }
  }

  private position(ranges: Ranges): Part {
    const position = this.sets.push(ranges) - 1;
    this.next.push(new Map());
    return { first: new Map([[position, 1]]), last: new Map([[position, 1]]), empty: 0 };
  }

  private joined(a: Part, b: Part): Part {
    this.linked(a.last, b.first);
    return {
      first: merged(a.first, b.first, a.empty),
      last: merged(b.last, a.last, b.empty),
      empty: Math.min(2, a.empty * b.empty),
    };
  }

  private linked(from: Ends, to: Ends): void {
    for (const [a, waysA] of from) {
      const row = this.next[a];
      if (row !== undefined) for (const [b, waysB] of to) row.set(b, cap((row.get(b) ?? 0) + waysA * waysB));
    }
  }

  private repeated(body: Term, min: number, max: number | null): Part {
    let part = NOTHING;
    for (let copy = 0; copy < min - (max === null ? 1 : 0); copy++) part = this.joined(part, this.build(body));
    if (max === null) {
      const loop = this.build(body);
      // A loop whose body can be empty has endlessly many parses of nothing.
      if (loop.empty > 0) throw new EmptyLoop();
      this.linked(loop.last, loop.first);
      return this.joined(part, { ...loop, empty: min === 0 ? 1 : 0 });
    }
    // x{2,4} is xx(x(x)?)?: nested, so that each text has one parse.
    let tail: Part | null = null;
    for (let copy = min; copy < max; copy++) {
      const one = this.build(body);
      const whole: Part = tail === null ? one : this.joined(one, tail);
      tail = { ...whole, empty: Math.min(2, whole.empty + 1) };
    }
    return tail === null ? part : this.joined(part, tail);
  }
}

const NOTHING: Part = { first: new Map(), last: new Map(), empty: 1 };

/** As many positions as `characters` counts: whoever asks bounds them first. @throws EmptyLoop */
export function buildAutomaton(term: Term): Automaton {
  const builder = new Builder();
  builder.build(term);
  return { sets: builder.sets, next: builder.next };
}
