import type { Field } from '../../model/field.js';
import { readTogether, surePaths } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { leafName, leafWords, tokensOf } from '../keys.js';

/**
 * `temperature: 36.5` of somebody who reports how they are: batteries, rooms and the weather have one as well. It is a body's where the number is
 * one that people have, and the form asks for a fever or the address for health.
 */
const NAME =
  /^(?:(?:today|yesterday)?(?:body|my|user|today|day|morning|am|noon|midday|afternoon|pm|evening|night|current|cur|forehead|armpit)?(?:temperature|temp)|tiwen|(?:今日|今天|当日|当前|目前|本人|早上|早晨|上午|中午|下午|晚上|晚间|晨|早|午|晚){0,2}体温)\d?$/;
/** When it was taken, and nothing of what. */
const TIME_OF_DAY = /^(?:morning|am|noon|afternoon|pm|evening|night|早上|早晨|上午|中午|下午|晚上|晚间|早|午|晚)$/;
const DEGREES_OF_BODY = /^3[5-8](?:\.\d{1,2})? ?(?:℃|°C)$/;
const FEWEST_TIMES = 2;
/** Between morning and night the weather changes by more. */
const WIDEST = 1.5;
const DEGREES = '3[4-9](?:\\.\\d{1,2})?|4[0-2](?:\\.\\d{1,2})?';
const SIGN = ' ?(?:℃|°C|"C|度|C)?';
const BODY = new RegExp(`^(?:${DEGREES})${SIGN}(?:[~～-](?:${DEGREES})${SIGN})?$`);
const ASKED =
  /^(?:fever|fevers|feverish|symptom|symptoms|diagnosis|diagnosed|cough|vaccination|vaccine|nucleic|quarantine|isolation|发热|症状)$/;
/** The same in a sentence of Chinese. */
const ASKED_IN = /^[\u3400-\u9fff]{0,20}(?:发热|发烧|症状|确诊|感染|核酸|疫苗|隔离)[\u3400-\u9fff]{0,20}$/;
/** The colour of the code that somebody had to show: no thing has one. */
const CODE_OF_HEALTH = /^health(?:code)?colou?r$/;
const OF_HEALTH = /(?:^|[^a-z])(?:health|temperature|tiwen|epidemic|fever|jkdk|yqtb)(?![a-z])/i;
/** Whatever else gets warm. */
const OF_THING =
  /^(?:battery|batt|bat|cpu|gpu|soc|device|voltage|volt|charging|charge|plugged|weather|humidity|wind|room|indoor|outdoor|ambient|thermostat|fridge|oven|water|sensor)$/;
const LONGEST = 20;

export const composite: Composite = {
  named: (keys) => NAME.test(leafName(keys)) || TIME_OF_DAY.test(leafName(keys)),
  triggers: ({ value }, named) => named && value.length <= LONGEST && BODY.test(value),
  find(scope) {
    const sure = surePaths(scope.candidates, 'body_metrics');
    const isOfHealth = speaksOfHealth(scope);
    return [...scope.groups.values()].flatMap((fields): CompositeFinding[] => {
      const taken = takenInADay(fields);
      const warm = fields.filter((field) => (isBody(field) || taken.includes(field)) && !sure.has(field.path));
      if (warm.length === 0 || fields.some(isOfThing)) return [];
      if (
        taken.length === 0 &&
        !isOfHealth &&
        !fields.some(
          ({ keys }) => CODE_OF_HEALTH.test(leafName(keys)) || leafWords(keys).some((word) => ASKED.test(word) || ASKED_IN.test(word)),
        )
      )
        return [];
      return warm.map((field) => ({ candidate: readTogether(scope.decoded, field, 'body_metrics', line), absorbs: [] }));
    });
  },
};

/** `morning=36.2℃&night=36.4℃`: what a thermometer showed at several times of one day, with its sign. */
function takenInADay(fields: readonly Field[]): readonly Field[] {
  const taken = fields.filter(
    ({ keys, value, part }) => (part === 'body' || part === 'query') && TIME_OF_DAY.test(leafName(keys)) && DEGREES_OF_BODY.test(value),
  );
  if (taken.length < FEWEST_TIMES) return [];
  const degrees = taken.map(({ value }) => Number.parseFloat(value));
  return Math.max(...degrees) - Math.min(...degrees) <= WIDEST ? taken : [];
}

function isBody({ keys, value, part }: Field): boolean {
  return (part === 'body' || part === 'query') && NAME.test(leafName(keys)) && value.length <= LONGEST && BODY.test(value);
}

function isOfThing({ keys }: Field): boolean {
  return keys.some((key) => tokensOf(key).some((word) => OF_THING.test(word)));
}

function speaksOfHealth({ decoded }: CompositeScope): boolean {
  return decoded.fields.some(({ part, path, value }) => part === 'url' && path.startsWith('url.path') && OF_HEALTH.test(value));
}

const line = {
  rule: 'body-temperature',
  text: {
    zh: '健康申报中的体温，数值合乎人体',
    en: 'a temperature that people have, in a report of somebody’s health',
  },
} as const;
