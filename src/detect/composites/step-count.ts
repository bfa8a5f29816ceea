import type { Field } from '../../model/field.js';
import { readTogether, surePaths } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { leafName } from '../keys.js';

/** `{ step: 10000, calories, distance }`: a step of a form or of a route burns nothing; beside calories it is one that somebody walked. */
const NAME = /^(?:walk|today|total|day|daily|sport|run)?steps?(?:num|number|count|total)?$/;
const BURNT = /^(?:total|burn|active|sport|consume)?(?:calorie|calories|kcal|calory|caloric|kaluli)s?$/;
/** Nobody walks more in a day. */
const STEPS = /^[1-9]\d{0,5}$/;
/** A recipe has as many, and tells what it nourishes; fewer need a distance or a name of walking. */
const FEW = /^\d{1,2}$/;
const BARE = /^steps?$/;
const FAR = /^(?:total|walk|run|sport|day|daily)?(?:distance|mileage|km|meters?)$/;

export const composite: Composite = {
  named: (keys) => NAME.test(leafName(keys)),
  triggers: ({ value }, named) => named && STEPS.test(value),
  find({ candidates, decoded, groups }) {
    const sure = surePaths(candidates, 'step_count');
    return [...groups.values()].flatMap((fields): CompositeFinding[] => {
      if (!fields.some(isBurnt)) return [];
      const isFar = fields.some(({ keys, value }) => value !== '' && FAR.test(leafName(keys)));
      return fields.flatMap((field): CompositeFinding[] =>
        NAME.test(leafName(field.keys)) &&
        STEPS.test(field.value) &&
        (isFar || !FEW.test(field.value) || !BARE.test(leafName(field.keys))) &&
        !sure.has(field.path)
          ? [{ candidate: readTogether(decoded, field, 'step_count', line), absorbs: [] }]
          : [],
      );
    });
  },
};

function isBurnt({ keys, value }: Field): boolean {
  return BURNT.test(leafName(keys)) && /^\d{1,6}(?:\.\d{1,10})?$/.test(value);
}

const line = {
  rule: 'steps-and-calories',
  text: { zh: '同一对象内有步数和消耗的热量', en: 'steps and the calories that they burnt in one object' },
} as const;
