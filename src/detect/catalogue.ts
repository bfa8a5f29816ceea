import type { TraceLine } from '../model/finding.js';
import { asClue, type Candidate } from './candidate.js';

/**
 * A phone has one language, one system and one model, and is in one city. A list whose elements give many of them (translations of a text,
 * requirements of a game, branches of a bank, answers of a name server) tells of as many things, and of none that this phone is. Asked before anything
 * is concluded from them: composites would take each row for a device. What rows say by being an offer is asked of all evidence at the end (offers.ts).
 */
const OF_ONE = new Set(['locale_timezone', 'os_version', 'device_model', 'location_coarse', 'ip_address']);
/** A phone's events may go from one to another while they wait to be sent. */
const FEWEST = 3;

/**
 * @param judged candidates of one message.
 * @returns the same, those of a catalogue as clues.
 */
export function withoutCatalogues(judged: readonly Candidate[]): readonly Candidate[] {
  const values = new Map<string, Set<string>>();
  const lists = judged.map((candidate) => {
    const { dataType, path, grade, value } = candidate.evidence;
    const list = grade === 'candidate' || !OF_ONE.has(dataType) ? null : listOf(path);
    if (list === null) return null;
    const known = values.get(list);
    if (known === undefined) values.set(list, new Set([value]));
    else known.add(value);
    return list;
  });
  if (![...values.values()].some(({ size }) => size >= FEWEST)) return judged;
  return judged.map((candidate, index) => {
    const list = lists[index];
    const count = list === null || list === undefined ? 0 : (values.get(list)?.size ?? 0);
    return count < FEWEST ? candidate : asClue(candidate, manyLine(count));
  });
}

/** Path of a member with the position in the innermost list taken out; null: it is in none, or is itself an element (a phone has several languages). */
function listOf(path: string): string | null {
  const open = path.lastIndexOf('[');
  const close = path.indexOf(']', open);
  if (open < 0 || close < 0 || close === path.length - 1 || !/^\d+$/.test(path.slice(open + 1, close))) return null;
  return path.slice(0, open) + path.slice(close);
}

function manyLine(count: number): TraceLine {
  return {
    rule: 'many-in-list',
    text: {
      zh: `同一列表中这一名称下有 ${count} 个不同的值：说的是许多对象，不是这部手机`,
      en: `${count} different values under this name in one list: they tell of many things, not of this phone`,
    },
  };
}
