import type { TraceLine } from '../model/finding.js';
import type { DataType } from '../model/rulebook.js';
import type { Candidate } from './candidate.js';

/**
 * Ambiguous names in company: `w`, `nw`, `model`, `orientation` beside an operating system and a carrier in the same object speak
 * of the device. Only what tells of the device profits; a person’s data never becomes surer by its neighbours.
 */
const DESCRIPTIVE = new Set(['device_profile', 'network_env', 'device_id', 'advertising_id']);
const OTHERS = 2;
/** Only these are told by a name and a loose value; addresses and radio names have tests of their own. */
const PROMOTED = new Set(['device_model', 'os_version', 'screen_info', 'locale_timezone', 'network_type', 'sim_operator', 'device_uuid']);
/** Free text is taken for a model or a carrier only under a name that can mean nothing else (`provider: gps`, `device: tv`). */
const TEXT_TYPES = new Set(['device_model', 'sim_operator']);
const TEXT_PASS_RATE = 0.5;

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
    if (grade === 'candidate' || !DESCRIPTIVE.has(types.get(dataType)?.family ?? '')) continue;
    const kinds = sure.get(group) ?? new Set();
    kinds.add(dataType);
    sure.set(group, kinds);
  }
  return readings.map(({ candidate, group }) => {
    const { evidence } = candidate;
    if (evidence.grade !== 'candidate' || !PROMOTED.has(evidence.dataType) || candidate.keyLength === 0) return candidate;
    if (TEXT_TYPES.has(evidence.dataType) && candidate.passRate > TEXT_PASS_RATE) return candidate;
    const kinds = sure.get(group);
    const others = kinds === undefined ? 0 : kinds.size - (kinds.has(evidence.dataType) ? 1 : 0);
    if (others < OTHERS) return candidate;
    return { ...candidate, evidence: { ...evidence, grade: 'probable', trace: [...evidence.trace, companyLine(others)] } };
  });
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
