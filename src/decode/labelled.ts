import type { Leaf, Source } from './decoder.js';
import { element, member, named } from './path.js';

/** What forms print before a colon: a few Chinese characters, of which two are often set apart, or a word; at the beginning of a line up to three words. */
const LABEL = '[\\u4e00-\\u9fff]{2,8}|[\\u4e00-\\u9fff] {1,6}[\\u4e00-\\u9fff]|[A-Za-z]{2,20}';
const FIRST = new RegExp(`^(?:${LABEL}|[A-Za-z]{2,20}(?: [A-Za-z]{1,20}){1,2}) ?[：:](?!/)`);
const LABELS = new RegExp(`(?<=^|\\s)(${LABEL}|(?<=^)[A-Za-z]{2,20}(?: [A-Za-z]{1,20}){1,2}) ?(?:：|:(?!/))`, 'g');

/** `姓名：… 手机：…` as names and values, one more than `most` of them; null where a line does not begin with a name. */
function pairsOf(line: string, most: number): ReadonlyArray<readonly [name: string, value: string]> | null {
  if (!FIRST.test(line)) return null;
  const found: RegExpExecArray[] = [];
  for (const match of line.matchAll(LABELS)) {
    found.push(match);
    if (found.length > most) break;
  }
  return found.map(({ 0: whole, 1: name = '', index }, at) => [
    /^[A-Za-z]/.test(name) ? name : name.replaceAll(' ', ''),
    line.slice(index + whole.length, found[at + 1]?.index).trim(),
  ]);
}

/**
 * Lines of a document for people as values, neighbours of each other. What is printed behind a name and a colon stands under that name, as it would in any form.
 * @param path of the list of lines. @param name of those that have none.
 */
export function lineLeaves(lines: readonly string[], path: string, name: string, { keys, work }: Pick<Source, 'keys' | 'work'>): Leaf[] {
  const leaves: Leaf[] = [];
  const group = work.group();
  for (const [index, line] of lines.entries()) {
    if (leaves.length > work.fieldsLeft) break;
    const place = element(path, index);
    const pairs = pairsOf(line, work.fieldsLeft) ?? [];
    if (pairs.length === 0) leaves.push({ path: place, keys: named(keys, name), value: line, kind: 'string', group });
    for (const [label, value] of pairs)
      leaves.push({ path: member(place, label), keys: named(named(keys, name), label), value, kind: 'string', group });
  }
  return leaves;
}
