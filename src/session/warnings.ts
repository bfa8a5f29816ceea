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
export function boundsIn(warnings: readonly Warning[]): string[] {
  return warnings.flatMap(({ code }) => BOUNDS.get(code) ?? []);
}

/** Requests that stand in the record and left no phone: nothing in them was sent by the app. */
const UNSENT: ReadonlySet<string> = new Set(['server-push', 'har-from-cache']);

/** Whether no phone sent the request of an exchange with these warnings. */
export function isUnsent(warnings: readonly Warning[]): boolean {
  return warnings.some(({ code }) => UNSENT.has(code));
}

/** All warnings, each once: those of now first. */
export function mergeWarnings(now: readonly Warning[], before: readonly Warning[]): readonly Warning[] {
  const seen = new Set(now.map((warning) => warning.code + warning.detail));
  return [...now, ...before.filter((warning) => !seen.has(warning.code + warning.detail))];
}
