import type { Field } from '../model/field.js';
import type { TraceLine } from '../model/finding.js';
import type { DataType } from '../model/rulebook.js';
import { wordsBefore } from './branded.js';
import { type Candidate, changedBy } from './candidate.js';
import { CORROBORATION_RULES, type CorroborationRule } from './corroboration-rules.js';
import { isSettled } from './doubts.js';
import { groupsOf } from './groups.js';
import { leafName } from './keys.js';
import { isDenied } from './owners.js';
import { isOfRole } from './roles.js';
import { besideSubject } from './subjects.js';

/**
 * Ambiguous names that their neighbours corroborate: `w`, `nw`, `model`, `orientation` beside an operating system and a carrier in the same object speak
 * of the device. `region` beside a city is a region, and `name` beside an e-mail address or a number that reaches somebody is a
 * person's; neither profits from data about the device.
 */
const DESCRIPTIVE = new Set(['device_profile', 'network_env', 'device_id', 'advertising_id']);

/** Whether a type is one of a device's features or identifiers. */
export function describesDevice(type: DataType | undefined): boolean {
  return type !== undefined && DESCRIPTIVE.has(type.family);
}

/** Names of objects that hold nothing but a device: `deviceinfo: { ov, rn, dn }`. */
const DEVICE_OBJECT =
  /^(?:(?:user|client|mobile|app|common|base|basic|phone|my)?(?:device|dev|terminal|handset|hardware|phone|mobile|dvc)(?:info|infos|data|params?|details?|profile|ext|context|props|properties|meta)|device|terminal|handset)$/;
/** What such a name is worth in kinds of device data. */
const DEVICE_OBJECT_KINDS = 2;

/** How many kinds of device data the name of an object stands for: it says itself that it describes a device. */
export function kindsByName(keys: readonly string[]): number {
  return DEVICE_OBJECT.test(leafName(keys.slice(0, -1))) ? DEVICE_OBJECT_KINDS : 0;
}

/** `bluetooth_state`, `height_ratio`: of a name that is ambiguous and only a part, the value has to say more than most would. */
const PART_PASS_RATE = 1e-2;

/** Among so much device data an enciphered identifier is what its name says. */
const SEALED_KINDS = 3;

const NO_KINDS: ReadonlySet<string> = new Set();

/** A reading with the object that its field stands in. */
export interface GroupedReading {
  readonly candidate: Candidate;
  readonly group: number;
  /** Names on the way to the field. */
  readonly keys: readonly string[];
}

/**
 * Lifts candidates to probable where the same object (query, form) holds at least two other kinds of device data that are sure. What was
 * lifted corroborates the rest, once.
 * @param readings all readings of one message with the group of their field.
 * @param fields all of the same message; asked for only where neighbours count.
 */
export function withCorroboration(
  readings: readonly GroupedReading[],
  types: ReadonlyMap<string, DataType>,
  fields: () => readonly Field[],
): Candidate[] {
  const first = lifted(readings, types, fields);
  if (first.every((candidate, index) => candidate === readings[index]?.candidate)) return first;
  return lifted(
    readings.map(({ group, keys }, index) => ({ candidate: first[index] as Candidate, group, keys })),
    types,
    fields,
  );
}

function lifted(readings: readonly GroupedReading[], types: ReadonlyMap<string, DataType>, fields: () => readonly Field[]): Candidate[] {
  const sure = new Map<number, Set<string>>();
  // A field that may be two things is one of them: `gaid` does not corroborate itself.
  let last = '';
  for (const { candidate, group } of readings) {
    const { dataType, grade, path } = candidate.evidence;
    if (grade === 'candidate' || path === last) continue;
    last = path;
    const kinds = sure.get(group) ?? new Set();
    kinds.add(dataType);
    sure.set(group, kinds);
  }
  let byGroup: Map<number, Field[]> | null = null;
  const neighboursOf = (group: number): readonly Field[] => {
    byGroup ??= groupsOf(fields());
    return byGroup.get(group) ?? [];
  };
  return readings.map(({ candidate, group, keys }) => {
    const { evidence, match } = candidate;
    if (evidence.grade !== 'candidate' || candidate.keyLength === 0) return candidate;
    if (match?.context === true) {
      const line =
        isSettled(evidence.trace) || isDenied(evidence.trace) || match.reach !== 'full'
          ? null
          : besideSubject(evidence.dataType, match.key, evidence.value.trim(), sure.get(group) ?? NO_KINDS);
      return line === null ? candidate : changedBy(line, candidate, { grade: 'probable' });
    }
    const rule = CORROBORATION_RULES.get(evidence.dataType);
    const isPart = rule?.parts !== true && match?.weak === true && match.reach === 'suffix';
    if (isPart && candidate.passRate > PART_PASS_RATE && !isNameInRole(candidate, keys)) return candidate;
    const named = kindsByName(keys);
    const kinds = sure.get(group) ?? (named === 0 ? undefined : NO_KINDS);
    if (kinds === undefined) return candidate;
    if (isSealed(candidate) && describing(kinds, evidence.dataType, types) + named >= SEALED_KINDS)
      return changedBy(deviceDataLine(SEALED_KINDS), candidate, { grade: 'probable' });
    if (rule === undefined) return candidate;
    const line = companionOf(rule, candidate.passRate, kinds) ?? amongDeviceData(rule, candidate, kinds, types, named);
    return line === null ||
      isSettled(evidence.trace) ||
      isDenied(evidence.trace) ||
      rule.admits?.(candidate, () => neighboursOf(group), kinds) === false
      ? candidate
      : changedBy(line, candidate, { grade: 'probable' });
  });
}

/** `psgName`, `appntName`: whoever is named so is what the word before says. */
function isNameInRole({ evidence, match }: Candidate, keys: readonly string[]): boolean {
  return evidence.dataType === 'real_name' && isOfRole(wordsBefore({ keys }, match?.key ?? ''));
}

function companionOf({ companions }: CorroborationRule, passRate: number, kinds: ReadonlySet<string>): TraceLine | null {
  if (companions === undefined || passRate > companions.passRate) return null;
  for (const kind of kinds) if (companions.types.has(kind)) return companionLine(kind);
  return null;
}

function amongDeviceData(
  { deviceData }: CorroborationRule,
  { evidence, passRate, match }: Candidate,
  kinds: ReadonlySet<string>,
  types: ReadonlyMap<string, DataType>,
  named: number,
): TraceLine | null {
  const step = deviceData?.find((each) => passRate <= each.passRate && (each.keys === undefined || each.keys.has(match?.key ?? '')));
  if (step === undefined) return null;
  const others = describing(kinds, evidence.dataType, types);
  if (others + named < step.others) return null;
  return others < step.others ? namedLine : deviceDataLine(others);
}

/** How many kinds of device data other than its own stand beside a reading. */
function describing(kinds: ReadonlySet<string>, own: string, types: ReadonlyMap<string, DataType>): number {
  let others = 0;
  for (const kind of kinds) if (kind !== own && describesDevice(types.get(kind))) others++;
  return others;
}

/** A name that means one identifier, over a value that is written so that nobody reads it. */
function isSealed({ evidence, match }: Candidate): boolean {
  return evidence.form === 'encrypted' && match !== undefined && !match.weak && match.reach === 'full';
}

function companionLine(kind: string): TraceLine {
  return {
    rule: 'neighbours',
    text: { zh: `同一对象内还有 ${kind}，相互印证`, en: `the same object holds ${kind}, which agrees with it` },
  };
}

const namedLine: TraceLine = {
  rule: 'neighbours',
  text: { zh: '所在对象的名称说明是设备信息', en: 'the name of the object says that it describes a device' },
};

function deviceDataLine(others: number): TraceLine {
  return {
    rule: 'neighbours',
    text: {
      zh: `同一对象内另有 ${others} 类设备特征，相互印证`,
      en: `the same object holds ${others} other kinds of device data, which agree with it`,
    },
  };
}
