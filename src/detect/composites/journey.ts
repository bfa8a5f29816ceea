import type { Field } from '../../model/field.js';
import { readTogether, surePaths } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { leafName } from '../keys.js';

/**
 * `{ origin: "London", destination: "New York", departureDate }`: names of places in Latin letters pass no test, for a title and a screen are
 * written so, too. Both ends of a way and the day of it in one object are a journey; a cargo has no passengers and tells its weight.
 */
const ORIGIN = /^(?:origin|departure|depart|dep|from)(?:city|station|airport|name|cityname|stationname)?$/;
const DESTINATION = /^(?:destination|dest|arrival|arrive|arr|to)(?:city|station|airport|name|cityname|stationname)?$/;
/** Words that begin with a capital: a language or a screen would pass, and has no day on which it is travelled to. */
const PLACE = /^(?=.{3,40}$)\p{Lu}[\p{L}.'’-]+(?: [\p{L}(][\p{L}.'’()-]*){0,4}$/u;
const HAN = /\p{Script=Han}/u;
/** `HomeActivity`: a screen of a program, whose passage from one to another has its day as well. */
const JOINED_WORDS = /\p{Ll}\p{Lu}/u;
const CARGO = /^(?:weight|cargo\w*|freight\w*|parcel\w*|waybill\w*|tracking\w*|container\w*|shipment\w*|goods\w*|volume)$/;

export const composite: Composite = {
  named: (keys) => ORIGIN.test(leafName(keys)),
  triggers: ({ value, kind }, named) => named && kind === 'string' && isPlace(value),
  find({ candidates, decoded, groups }) {
    const sure = surePaths(candidates);
    const dated = new Set(
      candidates.flatMap(({ evidence }) => (evidence.dataType === 'travel_time' && evidence.grade !== 'candidate' ? [evidence.path] : [])),
    );
    if (dated.size === 0) return [];
    return [...groups.values()].flatMap((fields): CompositeFinding[] => {
      const end = (names: RegExp) => fields.find(({ keys, value }) => names.test(leafName(keys)) && isPlace(value));
      const [from, to] = [end(ORIGIN), end(DESTINATION)];
      if (from === undefined || to === undefined || from.value === to.value) return [];
      if (!fields.some(({ path }) => dated.has(path)) || fields.some(({ keys }) => CARGO.test(leafName(keys)))) return [];
      const told = (field: Field, dataType: string): CompositeFinding[] =>
        sure.has(field.path) ? [] : [{ candidate: readTogether(decoded, field, dataType, line), absorbs: [] }];
      return [...told(from, 'trip_origin'), ...told(to, 'trip_destination')];
    });
  },
};

function isPlace(value: string): boolean {
  return PLACE.test(value) && !HAN.test(value) && !JOINED_WORDS.test(value);
}

const line = {
  rule: 'journey',
  text: {
    zh: '同一对象内有行程的两端和出行日期',
    en: 'the same object holds both ends of a way and the day of it',
  },
} as const;
