import type { TraceLine } from '../model/finding.js';
import { traceAlso, traceContained, type ValueName } from './known-trace.js';

/** What settling needs to know of a hit. */
interface Settled {
  readonly value: number;
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly order: number;
  readonly trace: readonly TraceLine[];
}

/**
 * Two hits on one place: the longer one wins over what it contains (an e-mail address made of a phone number); of equal spans
 * the type that the key names, then the one that stands first in the persona. The losers stay in the trace.
 */
export function settle<T extends Settled>(
  hits: readonly T[],
  nameOf: (value: number) => ValueName,
  agrees: (hit: T) => boolean,
): readonly T[] {
  const byPath = new Map<string, T[]>();
  for (const hit of hits) {
    const known = byPath.get(hit.path);
    if (known === undefined) byPath.set(hit.path, [hit]);
    else known.push(hit);
  }
  const settled: T[] = [];
  for (const group of byPath.values()) {
    const rank = (hit: T) => (agrees(hit) ? 0 : 1);
    const ordered = group.toSorted((a, b) => b.end - b.start - (a.end - a.start) || rank(a) - rank(b) || a.value - b.value);
    const winners: T[] = [];
    for (const hit of ordered) {
      const index = winners.findIndex((winner) => winner.start <= hit.start && hit.end <= winner.end);
      if (index < 0) {
        winners.push(hit);
        continue;
      }
      const winner = winners[index]!;
      const same = winner.start === hit.start && winner.end === hit.end;
      const line = same ? traceAlso(nameOf(hit.value)) : traceContained(nameOf(hit.value));
      winners[index] = { ...winner, trace: [...winner.trace, line] };
    }
    settled.push(...winners.toSorted((a, b) => a.start - b.start || a.value - b.value));
  }
  return settled.toSorted((a, b) => a.order - b.order || a.start - b.start);
}
