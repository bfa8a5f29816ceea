import type { TraceLine } from '../model/finding.js';
import type { DataType } from '../model/rulebook.js';
import type { Candidate } from './candidate.js';

/**
 * Ambiguous names in company: `w`, `nw`, `model`, `orientation` beside an operating system and a carrier in the same object speak
 * of the device. `region` beside a city is a region, and `name` beside an e-mail address or a number that reaches somebody is a
 * person's; neither profits from data about the device.
 */
const DESCRIPTIVE = new Set(['device_profile', 'network_env', 'device_id', 'advertising_id']);
const OTHERS = 2;
/** Only these are told by a name and a loose value; addresses and radio names have tests of their own. */
const PROMOTED = new Set([
  'device_model',
  'os_version',
  'screen_info',
  'locale_timezone',
  'network_type',
  'sim_operator',
  'device_uuid',
  'hardware_params',
  'location_coarse',
]);
/** Free text is taken for a model or a carrier only under a name that can mean nothing else (`provider: gps`, `device: tv`). */
const TEXT_TYPES = new Set(['device_model', 'sim_operator', 'os_version']);
/** A code of a country says more than a capitalised word: `state: MainActivity`. */
const CODE_TYPES = new Set(['location_coarse']);
const CODE_PASS_RATE = 0.3;
const TEXT_PASS_RATE = 0.5;
/** A bare release (`ov=11`) wants more company than a dotted one: businesses number their platforms too. */
const RELEASE_PASS_RATE = 0.6;
const MANY_OTHERS = 3;
/**
 * Type -> those that make it sure from the same object. Gender is not among a name's: shops sort clothes by brand and sex.
 */
const COMPANIONS: Readonly<Record<string, ReadonlySet<string>>> = {
  location_coarse: new Set(['location_coarse', 'location_precise', 'postal_address']),
  verification_code: new Set(['phone_number', 'contact_phone', 'bank_reserved_phone']),
  real_name: new Set(['email', 'phone_number', 'contact_phone', 'birth_date', 'id_number']),
};

/** Types without any form to test. */
const UNCHECKED = new Set(['verification_code']);

/** A reading with the object that its field stands in. */
export interface GroupedReading {
  readonly candidate: Candidate;
  readonly group: number;
}

/**
 * Lifts candidates to probable where the same object (query, form) holds at least two other kinds of device data that are sure.
 * @param readings all readings of one message with the group of their field.
 */
export function withCompany(readings: readonly GroupedReading[], types: ReadonlyMap<string, DataType>): Candidate[] {
  const sure = new Map<number, Set<string>>();
  for (const { candidate, group } of readings) {
    const { dataType, grade } = candidate.evidence;
    if (grade === 'candidate') continue;
    const kinds = sure.get(group) ?? new Set();
    kinds.add(dataType);
    sure.set(group, kinds);
  }
  return readings.map(({ candidate, group }) => {
    const { evidence } = candidate;
    if (evidence.grade !== 'candidate' || candidate.keyLength === 0) return candidate;
    const kinds = sure.get(group);
    const companion =
      candidate.passRate <= TEXT_PASS_RATE || UNCHECKED.has(evidence.dataType) ? companionOf(evidence.dataType, kinds) : null;
    if (companion !== null)
      return { ...candidate, evidence: { ...evidence, grade: 'probable', trace: [...evidence.trace, companionLine(companion)] } };
    if (!PROMOTED.has(evidence.dataType)) return candidate;
    const loose = TEXT_TYPES.has(evidence.dataType) && candidate.passRate > TEXT_PASS_RATE;
    if (loose && (evidence.dataType !== 'os_version' || candidate.passRate > RELEASE_PASS_RATE)) return candidate;
    if (CODE_TYPES.has(evidence.dataType) && candidate.passRate > CODE_PASS_RATE) return candidate;
    let others = 0;
    for (const kind of kinds ?? []) if (kind !== evidence.dataType && DESCRIPTIVE.has(types.get(kind)?.family ?? '')) others++;
    if (others < (loose ? MANY_OTHERS : OTHERS)) return candidate;
    return { ...candidate, evidence: { ...evidence, grade: 'probable', trace: [...evidence.trace, companyLine(others)] } };
  });
}

function companionOf(dataType: string, kinds: ReadonlySet<string> | undefined): string | null {
  for (const kind of kinds ?? []) if (COMPANIONS[dataType]?.has(kind)) return kind;
  return null;
}

function companionLine(kind: string): TraceLine {
  return {
    rule: 'neighbours',
    text: { zh: `同一对象内还有 ${kind}，相互印证`, en: `the same object holds ${kind}, which agrees with it` },
  };
}

function companyLine(others: number): TraceLine {
  return {
    rule: 'neighbours',
    text: {
      zh: `同一对象内另有 ${others} 类设备特征，相互印证`,
      en: `the same object holds ${others} other kinds of device data, which agree with it`,
    },
  };
}
