import type { Field } from '../../model/field.js';
import { readTogether } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { leafName } from '../keys.js';

/**
 * `height` and `weight` are a picture's and a ranking's. Both in one object, within what people measure, beside what else describes a
 * person, are somebody's body.
 */
const PERSON = new Set(['gender', 'birth_date', 'age']);
/** Centimetres and kilograms, from a child of two to the tallest and heaviest adults; metres with a decimal point. */
const HEIGHT = { least: 80, most: 250 };
const WEIGHT = { least: 10, most: 300 };
const NUMBER = /^\d{1,3}(?:\.\d{1,2})?(?: ?(?:cm|kg))?$/i;

export const composite: Composite = {
  named: (keys) => leafName(keys) === 'height' || leafName(keys) === 'weight',
  triggers: ({ value }, named) => named && value.length <= 9 && NUMBER.test(value),
  // Either part triggers.
  spares: true,
  find(scope) {
    const groups = personal(scope);
    const found: CompositeFinding[] = [];
    for (const [group, kind] of groups) {
      const fields = scope.groups.get(group) ?? [];
      const height = fields.find((field) => leafName(field.keys) === 'height' && isWithin(field, HEIGHT));
      const weight = fields.find((field) => leafName(field.keys) === 'weight' && isWithin(field, WEIGHT));
      if (height && weight) found.push(finding(scope, height, kind), finding(scope, weight, kind));
    }
    return found;
  },
};

function isWithin({ value }: Field, { least, most }: { readonly least: number; readonly most: number }): boolean {
  if (!NUMBER.test(value)) return false;
  const number = Number.parseFloat(value);
  return (number >= least && number <= most) || (least === HEIGHT.least && value.includes('.') && number >= 0.8 && number <= 2.5);
}

/** Group -> what describes a person in it for sure. */
function personal({ candidates, groupOf }: CompositeScope): Map<number, string> {
  const found = new Map<number, string>();
  for (const [index, { evidence }] of candidates.entries())
    if (evidence.grade !== 'candidate' && PERSON.has(evidence.dataType)) found.set(groupOf(index), evidence.dataType);
  return found;
}

function finding({ decoded }: CompositeScope, field: Field, beside: string): CompositeFinding {
  const candidate = readTogether(decoded, field, 'body_metrics', {
    rule: 'height-and-weight',
    text: {
      zh: `同一对象内有身高和体重，数值合乎人体，并有 ${beside}`,
      en: `height and weight in one object, within what people measure, beside ${beside}`,
    },
  });
  return { candidate, absorbs: [] };
}
