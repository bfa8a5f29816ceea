import type { TraceLine } from '../model/finding.js';
import type { DataType } from '../model/rulebook.js';
import { type Candidate, changedBy } from './candidate.js';
import type { GroupedReading } from './corroboration.js';

/**
 * A parcel goes to a province, a city and a district as well: `{ consignee, mobile, province, city, detailAddress }` holds one address
 * in parts, and no place where the phone is. Calling the city a location would accuse a shop of what its category needs to deliver.
 */
const WHO = new Set(['real_name', 'contact_phone', 'phone_number']);
/** What a phone has found out by itself says so. */
const LOCATED = /gps|geo|locat|\bloc\b|lbs|current|ip |定位|carrier|sim|network/;

const partLine: TraceLine = {
  rule: 'part-of-address',
  text: {
    zh: '同一对象内有姓名或电话以及详细地址：是收件地址的一部分，不是定位',
    en: 'the same object holds a detailed address and a name or number: part of that address, not where the phone is',
  },
};

/**
 * @param judged candidates in the order of their readings.
 * @returns the same with the divisions of a delivery address read as parts of it.
 */
export function withAddressParts(
  judged: readonly Candidate[],
  readings: readonly GroupedReading[],
  types: ReadonlyMap<string, DataType>,
): readonly Candidate[] {
  if (!types.has('postal_address')) return judged;
  const addressed = new Set<number>();
  const who = new Set<number>();
  for (const [index, { evidence }] of judged.entries()) {
    const group = readings[index]?.group;
    if (group === undefined || evidence.grade === 'candidate') continue;
    if (evidence.dataType === 'postal_address') addressed.add(group);
    else if (WHO.has(evidence.dataType)) who.add(group);
  }
  if (addressed.size === 0 || who.size === 0) return judged;
  return judged.map((candidate, index) => {
    const { evidence, match } = candidate;
    const group = readings[index]?.group ?? -1;
    if (evidence.dataType !== 'location_coarse' || evidence.grade === 'candidate' || !addressed.has(group) || !who.has(group))
      return candidate;
    if (match === undefined || LOCATED.test(match.key)) return candidate;
    return changedBy(partLine, candidate, { dataType: 'postal_address' });
  });
}
