import type { Field } from '../../model/field.js';
import { readTogether, sureTypes } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { leafName } from '../keys.js';
import { isOfPremises } from '../premises.js';

/**
 * `{ province, city, district, township: '…街道', street: '…路' }`: what a map answers for a position goes on below the district. Beside two divisions
 * that are sure to be where somebody is, the street and the town are that place, too; a parcel's are part of its address (delivery-address).
 */
const NAME = /^(?:town|township|street|streetname|streetno|streetnum|streetnumber|road|roadname|village|subdistrict)$/;
const PLACE = /^[\u3400-\u9fff0-9A-Za-z()（）·-]{1,30}(?:街道|大街|大道|镇|乡|路|街|巷|道|村|弄|胡同|苏木)$/u;
const FEWEST_DIVISIONS = 2;
/** Whom a parcel reaches. */
const PERSONS = new Set(['real_name', 'contact_phone', 'phone_number', 'postal_address']);

export const composite: Composite = {
  spares: true,
  named: (keys) => NAME.test(leafName(keys)),
  triggers: ({ kind, value }, named) => named && kind === 'string' && PLACE.test(value),
  find({ candidates, decoded, groups }) {
    const sure = sureTypes(candidates);
    return [...groups.values()].flatMap((fields): CompositeFinding[] => {
      const streets = fields.filter((field) => isStreet(field) && !sure.has(field.path));
      if (streets.length === 0 || fields.some(({ path }) => PERSONS.has(sure.get(path) ?? ''))) return [];
      if (fields.filter(({ path }) => sure.get(path) === 'location_coarse').length < FEWEST_DIVISIONS) return [];
      return streets.map((field) => ({ candidate: readTogether(decoded, field, 'location_coarse', line), absorbs: [] }));
    });
  },
};

function isStreet({ keys, kind, part, value }: Field): boolean {
  if ((part !== 'body' && part !== 'query') || kind !== 'string') return false;
  return NAME.test(leafName(keys)) && PLACE.test(value) && !isOfPremises(keys);
}

const line = {
  rule: 'street-of-place',
  text: {
    zh: '同一对象内至少有两级行政区划，这是其下的乡镇、街道或道路',
    en: 'the same object holds two divisions at least; this is the town, the street or the road below them',
  },
} as const;
