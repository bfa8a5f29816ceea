import type { TraceLine } from '../model/finding.js';
import { asClue, type Candidate } from './candidate.js';

/**
 * A phone has one language, one system and one model, and is in one city; whoever uses it has one account and one sex. A list whose elements give many
 * of them (translations of a text, requirements of a game, branches of a bank, answers of a name server, comments under a video) tells of as many
 * things, and of none that this phone or its user is. Asked before anything is concluded from them: composites would take each row for a device.
 * What rows say by being an offer is asked of all evidence at the end (offers.ts).
 */
const OF_ONE = new Set(['locale_timezone', 'os_version', 'device_model', 'location_coarse', 'ip_address', 'sim_operator']);
/** Whom a list of what everybody may read names: friends and members that an app sends are what it knows of its user. */
const SHOWN = new Set(['account_id', 'nickname', 'avatar']);
const PUBLIC =
  /(?:^|[.\]])(?:\w{0,20}_)?(?:comments?|comment_?infos?|ratings?|replies|reviews?|posts?|feeds?|videos?|articles|works|rank(?:ing|ings|s|list|_list)?|leaderboard|barrages?|danmus?|danmaku|topics|tweets|threads|issues|pulls|commits|contributors|anchors|streamers|authors|creators)$/i;
/** Whose sex a table by names states is no phone's; its two words make it contradict itself at once. */
const OF_TABLE: ReadonlyMap<string, number> = new Map([...OF_ONE].map((type): [string, number] => [type, 3]).concat([['gender', 2]]));
/** What numbers a row as often as a device. */
const BARE_NUMBERS = new Set(['uuid', 'guid']);
/** A phone's events may go from one to another while they wait to be sent. */
const FEWEST = 3;
/** Nobody comments under two names. */
const FEWEST_SHOWN = 2;
/** An object with so many members of one kind is a table by their names: `{ "CN": { "lang": … }, "DE": … }`. A report has some parts that agree in a name. */
const FEWEST_MEMBERS = 8;

/**
 * @param judged candidates of one message.
 * @returns the same, those of a catalogue as clues.
 */
export function withoutCatalogues(judged: readonly Candidate[]): readonly Candidate[] {
  const values = new Map<string, Set<string>>();
  const lists = judged.map((candidate) => {
    const { path, value } = candidate.evidence;
    const list = listOf(path);
    if (list === null || !isOfOne(candidate, list)) return null;
    const known = values.get(list);
    if (known === undefined) values.set(list, new Set([value]));
    else known.add(value);
    return list;
  });
  const isListed = [...values.values()].some(({ size }) => size >= FEWEST_SHOWN);
  const tables = tablesAmong(judged);
  if (!isListed && tables.size === 0) return judged;
  return judged.map((candidate, index) => {
    const list = lists[index];
    const count = tables.get(candidate.evidence.path) ?? (list === null || list === undefined ? 0 : (values.get(list)?.size ?? 0));
    return count < (SHOWN.has(candidate.evidence.dataType) ? FEWEST_SHOWN : FEWEST) ? candidate : asClue(candidate, manyLine(count));
  });
}

/** Whether it says what there is one of. */
function isOfOne({ evidence: { dataType, grade }, match }: Candidate, list: string): boolean {
  if (grade === 'candidate') return false;
  if (SHOWN.has(dataType)) return PUBLIC.test(list.slice(0, list.lastIndexOf(']')));
  return OF_ONE.has(dataType) || (dataType === 'device_uuid' && match !== undefined && BARE_NUMBERS.has(match.key));
}

/** Path of a member with the position in the innermost list taken out; null: it is in none, or is itself an element (a phone has several languages). */
function listOf(path: string): string | null {
  const open = path.lastIndexOf('[');
  const close = path.indexOf(']', open);
  if (open < 0 || close < 0 || close === path.length - 1 || !/^\d+$/.test(path.slice(open + 1, close))) return null;
  return path.slice(0, open) + path.slice(close);
}

/** Path -> how many different values stand in its place of a table by names. */
function tablesAmong(judged: readonly Candidate[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const asked = judged.filter(
    ({ evidence }) => evidence.grade !== 'candidate' && OF_TABLE.has(evidence.dataType) && evidence.path.startsWith('body'),
  );
  if (asked.length < FEWEST_MEMBERS) return found;
  // The events of an app repeat one phone, and have no column of many values.
  const several = new Map<string, Set<string>>();
  for (const { evidence } of asked) {
    const known = several.get(evidence.dataType);
    if (known === undefined) several.set(evidence.dataType, new Set([evidence.value]));
    else known.add(evidence.value);
  }
  const columns = new Map<string, { readonly members: Set<string>; readonly values: Set<string>; readonly paths: string[] }>();
  for (const { evidence } of asked) {
    if (several.get(evidence.dataType)!.size < OF_TABLE.get(evidence.dataType)!) continue;
    for (const { index, 0: member } of evidence.path.matchAll(MEMBER)) {
      const key = `${evidence.dataType} ${evidence.path.slice(0, index)}*${evidence.path.slice(index + member.length)}`;
      const column = columns.get(key) ?? { members: new Set<string>(), values: new Set<string>(), paths: [] };
      column.members.add(member);
      column.values.add(evidence.value);
      column.paths.push(evidence.path);
      columns.set(key, column);
    }
  }
  for (const [key, { members, values, paths }] of columns) {
    if (members.size < FEWEST_MEMBERS || values.size < (OF_TABLE.get(key.slice(0, key.indexOf(' '))) ?? Number.POSITIVE_INFINITY)) continue;
    for (const path of paths) found.set(path, Math.max(found.get(path) ?? 0, values.size, FEWEST));
  }
  return found;
}

/** A member of an object that holds something itself. */
const MEMBER = /(?:\.[^.[\]|$"]{1,80}|\["[^"]{1,200}"\])(?=[.[])/g;

function manyLine(count: number): TraceLine {
  return {
    rule: 'many-in-list',
    text: {
      zh: `同一列表中这一名称下有 ${count} 个不同的值：说的是许多对象，不是这部手机`,
      en: `${count} different values under this name in one list: they tell of many things, not of this phone`,
    },
  };
}
