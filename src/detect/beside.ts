import type { Field } from '../model/field.js';
import type { Bilingual } from '../model/text.js';
import { asClue, type Candidate } from './candidate.js';
import type { GroupedReading } from './company.js';
import { leafName } from './keys.js';

/**
 * What the neighbours of a field say that it is instead: names that fit a person's or a device's data, in an object that describes a beacon,
 * a till, an advertisement or a company.
 */
interface Owner {
  readonly name: string;
  readonly types: ReadonlySet<string>;
  /** Dictionary keys of the reading; without them any. */
  readonly keys?: RegExp;
  /** Names of neighbours, of which so many different ones have to stand there. */
  readonly beside: RegExp;
  readonly enough: number;
  readonly why: Bilingual;
}

const OWNERS: readonly Owner[] = [
  {
    name: 'doubt-beacon',
    types: new Set(['device_uuid']),
    keys: /^uuid$/,
    beside: /^(?:major|minor)$/,
    enough: 2,
    why: {
      zh: '旁边有 major、minor：是 iBeacon 基站的编号，属于场所，不属于手机',
      en: 'beside `major` and `minor` it numbers a beacon (iBeacon), which stands in a place and is no phone',
    },
  },
  {
    name: 'doubt-till',
    types: new Set(['device_uuid', 'device_serial']),
    keys: /^(?:term(?:inal)? |sn$|device no$)/,
    beside: /^(?:(?:mer|mch|merchant)(?:id|no|num|code)|traceno|batchno|refno|voucherno|cardbin)$/,
    enough: 2,
    why: {
      zh: '旁边有商户号、流水号：是收款终端的编号',
      en: 'beside a merchant and the number of a batch it is the till that takes the money',
    },
  },
  {
    name: 'doubt-advertisement',
    types: new Set(['gaid', 'idfa', 'device_uuid', 'android_id']),
    keys: /^(?:ad id|adid|aids?)$/,
    beside: /^(?:creativeid|campaignid|adgroupid|advertiserid|materialid)$/,
    enough: 1,
    why: { zh: '旁边有创意、计划的编号：是这条广告的编号', en: 'beside a creative or a campaign it numbers the advertisement' },
  },
  {
    name: 'doubt-companys',
    types: new Set(['email', 'phone_number', 'contact_phone', 'qq_id', 'wechat_id', 'postal_address']),
    beside:
      /^(?:icp|icpno|beian|hotline|(?:customer)?service(?:phone|tel|hotline)|kefu(?:phone|tel|dianhua)?|support(?:phone|email)|complaint(?:phone|email)|businesslicense|qqgroup|work(?:ing)?time|worktimes?|officialsite|copyright)$/,
    enough: 2,
    why: {
      zh: '旁边有客服热线、备案号等：是公司对外公布的联系方式',
      en: 'beside a hotline and the licence of a site it is how a company wants to be reached',
    },
  },
];

/**
 * Readings that their neighbours deny, as clues.
 * @param readings all readings of one message with the group of their field.
 * @param among fields of the same message, those of the groups at least; asked for only where a neighbour could say so.
 */
export function withOwners(
  readings: readonly GroupedReading[],
  among: (groups: ReadonlySet<number>) => readonly Field[],
): readonly GroupedReading[] {
  const asked = new Set<number>();
  for (const { candidate, group } of readings) if (ownersOf(candidate).length > 0) asked.add(group);
  if (asked.size === 0) return readings;
  const names = namesOf(among(asked), asked);
  // A list of thousands has as many groups, and an object of thousands as many readings: each group answers once for each owner.
  const answers = new Map<Owner, Map<number, boolean>>(OWNERS.map((owner) => [owner, new Map()]));
  const isIn = (owner: Owner, group: number): boolean => {
    const known = answers.get(owner)!;
    const answer = known.get(group) ?? countOf(owner, names.get(group) ?? NO_NAMES) >= owner.enough;
    known.set(group, answer);
    return answer;
  };
  return readings.map((reading) => {
    const { candidate, group } = reading;
    const owner = ownersOf(candidate).find((each) => isIn(each, group));
    return owner === undefined ? reading : { ...reading, candidate: asClue(candidate, { rule: owner.name, text: owner.why }) };
  });
}

const NO_NAMES: ReadonlySet<string> = new Set();

function namesOf(fields: readonly Field[], groups: ReadonlySet<number>): ReadonlyMap<number, ReadonlySet<string>> {
  const names = new Map<number, Set<string>>();
  for (const { group, keys } of fields) {
    if (!groups.has(group)) continue;
    const known = names.get(group);
    if (known === undefined) names.set(group, new Set([leafName(keys)]));
    else known.add(leafName(keys));
  }
  return names;
}

/** Whose it may be instead. Asked of every reading. */
function ownersOf({ evidence, match }: Candidate): readonly Owner[] {
  const owners = BY_TYPE.get(evidence.dataType);
  if (owners === undefined || match === undefined || evidence.grade === 'candidate') return NONE;
  return evidence.part === 'body' || evidence.part === 'query' ? owners.filter(({ keys }) => keys?.test(match.key) !== false) : NONE;
}

const NONE: readonly Owner[] = [];
const BY_TYPE: ReadonlyMap<string, readonly Owner[]> = new Map(
  OWNERS.flatMap(({ types }) => [...types]).map((type) => [type, OWNERS.filter(({ types }) => types.has(type))]),
);

function countOf({ beside }: Owner, names: ReadonlySet<string>): number {
  let count = 0;
  for (const name of names) if (beside.test(name)) count++;
  return count;
}
