import type { Field } from '../model/field.js';
import { asClue, type Candidate } from './candidate.js';
import type { GroupedReading } from './corroboration.js';
import { leafName } from './keys.js';
import type { Neighbours, Owner } from './owner.js';
import { OWNERS } from './owners.js';

/**
 * Readings that their neighbours deny, as clues.
 * @param readings all readings of one message with the group of their field.
 * @param among fields of the same message, those of the groups at least; asked for only where a neighbour could say so.
 */
export function withOwners(
  readings: readonly GroupedReading[],
  among: (groups: ReadonlySet<number>) => readonly Field[],
): readonly GroupedReading[] {
  let sure: ReadonlyMap<number, ReadonlySet<string>> | null = null;
  const isRivalled = ({ rivals }: Owner, group: number): boolean => {
    if (rivals === undefined) return false;
    sure ??= sureIn(readings);
    for (const type of sure.get(group) ?? NO_TYPES) if (rivals.has(type)) return true;
    return false;
  };
  const asked = new Set<number>();
  for (const { candidate, group } of readings) if (ownersOf(candidate).some((owner) => !isRivalled(owner, group))) asked.add(group);
  if (asked.size === 0) return readings;
  const neighbours = neighboursOf(among(asked), asked);
  const besideIn = (group: number): Neighbours => neighbours.get(group) ?? NO_NEIGHBOURS;
  const isNobodys = onceEach((owner, group) => !isRivalled(owner, group) && !isSomebodys(owner, besideIn(group)));
  const isSaid = onceEach((owner, group) => owner.says(besideIn(group)));
  return readings.map((reading) => {
    const { candidate, group, keys } = reading;
    // What is a clue yet is not made sure by its neighbours either.
    const owner = (asked.has(group) ? allOwnersOf(candidate) : NONE).find(
      (each) => isNobodys(each, group) && (isSaid(each, group) || isHeld(each, keys)) && !isUnder(each, keys),
    );
    return owner === undefined ? reading : { ...reading, candidate: asClue(candidate, { rule: owner.name, text: owner.why }) };
  });
}

/** A list of thousands has as many groups, and an object of thousands as many readings: each group answers once for each owner. */
function onceEach(ask: (owner: Owner, group: number) => boolean): (owner: Owner, group: number) => boolean {
  const answers = new Map<Owner, Map<number, boolean>>(OWNERS.map((owner) => [owner, new Map()]));
  return (owner, group) => {
    const known = answers.get(owner)!;
    const answer = known.get(group) ?? ask(owner, group);
    known.set(group, answer);
    return answer;
  };
}

/** What a phone is made of stands under its `specs` or `product` as well. */
const OF_PHONE = /^(?:device|phone|mobile|handset|terminal|client|system|hardware)(?:infos?|data|details?)?$/;

/** Whether the object itself is called what belongs to the owner. @param keys of a field in it. */
function isHeld({ holder }: Owner, keys: readonly string[]): boolean {
  if (holder?.test(leafName(keys.slice(0, -1))) !== true) return false;
  return !keys.slice(0, -2).some((above) => OF_PHONE.test(leafName([above])));
}

/** Whether an object around it makes it somebody's after all. @param keys of a field in it. */
function isUnder({ under }: Owner, keys: readonly string[]): boolean {
  return under !== undefined && keys.slice(0, -1).some((key) => under.test(leafName([key])));
}

/** Whether the fields of one object say that it describes what belongs to an owner. */
export function isOwned(owner: Owner, fields: readonly Field[]): boolean {
  return isOwner(owner, new Map(fields.map(({ keys, value }) => [leafName(keys), value])));
}

const NO_NEIGHBOURS: Neighbours = new Map();
const NO_TYPES: ReadonlySet<string> = new Set();

/** Group -> types that are sure in it. */
function sureIn(readings: readonly GroupedReading[]): ReadonlyMap<number, ReadonlySet<string>> {
  const sure = new Map<number, Set<string>>();
  for (const { candidate, group } of readings) {
    const { dataType, grade } = candidate.evidence;
    if (grade === 'candidate') continue;
    const known = sure.get(group);
    if (known === undefined) sure.set(group, new Set([dataType]));
    else known.add(dataType);
  }
  return sure;
}

/** Group -> the first value under each name in it. */
function neighboursOf(fields: readonly Field[], groups: ReadonlySet<number>): ReadonlyMap<number, Neighbours> {
  const neighbours = new Map<number, Map<string, string>>();
  for (const { group, keys, value } of fields) {
    if (!groups.has(group)) continue;
    const name = leafName(keys);
    const known = neighbours.get(group);
    if (known === undefined) neighbours.set(group, new Map([[name, value]]));
    else if (!known.has(name)) known.set(name, value);
  }
  return neighbours;
}

/** A token holds an object of its own, wherever it is sent. */
const CLAIMS = '|jwt.payload';

/** Whose it may be instead. Asked of every reading; what is a clue yet asks for no neighbours, unless it counts in a context alone. */
function ownersOf(candidate: Candidate): readonly Owner[] {
  return candidate.evidence.grade === 'candidate' && candidate.match?.context !== true ? NONE : allOwnersOf(candidate);
}

function allOwnersOf({ evidence, match }: Candidate): readonly Owner[] {
  const owners = BY_TYPE.get(evidence.dataType);
  if (owners === undefined || match === undefined) return NONE;
  if (evidence.part !== 'body' && evidence.part !== 'query' && !evidence.path.includes(CLAIMS)) return NONE;
  return owners.filter(({ keys, of }) => keys?.test(match.key) !== false && of?.(evidence.value) !== false);
}

const NONE: readonly Owner[] = [];
const BY_TYPE: ReadonlyMap<string, readonly Owner[]> = new Map(
  OWNERS.flatMap(({ types }) => [...types]).map((type) => [type, OWNERS.filter(({ types }) => types.has(type))]),
);

/** Whether what stands in one object says that it describes what belongs to an owner. */
export function isOwner(owner: Owner, neighbours: Neighbours): boolean {
  return !isSomebodys(owner, neighbours) && owner.says(neighbours);
}

function isSomebodys({ unless }: Owner, neighbours: Neighbours): boolean {
  if (unless !== undefined) for (const [name, value] of neighbours) if (value !== '' && unless.test(name)) return true;
  return false;
}
