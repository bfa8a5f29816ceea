import type { Scene } from '../../model/session.js';
import type { FindingRow } from '../trail.js';

export interface Halves {
  /** Seen only after consent. */
  readonly new: readonly FindingRow[];
  /** Seen only before it. */
  readonly gone: readonly FindingRow[];
  /** Seen before and after. */
  readonly both: readonly FindingRow[];
  /** Seen in neither: after a refusal, in the background, or while no scene was marked. */
  readonly elsewhere: number;
}

/** What a session sent before and after the user agreed, by the scenes that were marked; null where either kind is missing. */
export function consentHalves(rows: readonly FindingRow[], scenes: readonly Scene[]): Halves | null {
  const idsOf = (wanted: Scene['consent']) => new Set(scenes.filter(({ consent }) => consent === wanted).map(({ id }) => id));
  const [before, after] = [idsOf('before_consent'), idsOf('consented')];
  if (before.size === 0 || after.size === 0) return null;
  const seen = (row: FindingRow, among: ReadonlySet<string>) => row.trail?.scenes.some((id) => among.has(id)) === true;
  return {
    new: rows.filter((row) => seen(row, after) && !seen(row, before)),
    gone: rows.filter((row) => seen(row, before) && !seen(row, after)),
    both: rows.filter((row) => seen(row, before) && seen(row, after)),
    elsewhere: rows.filter((row) => !seen(row, before) && !seen(row, after)).length,
  };
}
