import type { LimitName } from '../limits.js';
import type { Warning } from '../model/exchange.js';

/**
 * Bounds of who reads connections and recordings, behind which nothing else tells that something was left out: a body that was cut is
 * marked as such, and bytes that were not read are counted on their connection.
 */
const BOUNDS: ReadonlyMap<string, LimitName | 'decodeFault'> = new Map([
  ['limit-httpHead', 'httpHead'],
  ['limit-httpHeaderCount', 'httpHeaderCount'],
  ['limit-wireHeld', 'wireHeld'],
  ['limit-wireEarly', 'wireEarly'],
  ['limit-wireReadings', 'wireReadings'],
  ['har-messages-cut', 'streamMessages'],
  ['har-body-damaged', 'decodeFault'],
]);

/** The bounds that were reached according to what an observer remarked, under their names in `LIMIT_WORDS`. */
export function remarkedBounds(warnings: readonly Warning[]): string[] {
  return warnings.flatMap(({ code }) => BOUNDS.get(code) ?? []);
}
