import type { Occurrence } from '../model/finding.js';
import type { Condition, Rulebook } from '../model/rulebook.js';
import { listedUrl } from './view/listed-url.js';

/** The parts of the rulebook that the page shows: names, official texts, conditions, and how each type is recognised; examples stay here. */
export function rulesAnswer({ pack, dataTypes, checks, registry }: Pick<Rulebook, 'pack' | 'dataTypes' | 'checks' | 'registry'>) {
  return {
    pack: {
      ...pack,
      categories: pack.categories.map(({ id, no, name, basicFunction, noPersonalInfoNeeded, items }) => ({
        id,
        no,
        name,
        basicFunction,
        noPersonalInfoNeeded,
        items:
          items?.map(({ text, fields, condition, fieldConditions }) => ({
            text,
            fields,
            condition: condition && conditionAnswer(condition),
            fieldConditions: Object.fromEntries(Object.entries(fieldConditions).map(([field, of]) => [field, conditionAnswer(of)])),
          })) ?? null,
      })),
    },
    dataTypes: dataTypes.map(({ id, name, family, gbt35273, sensitive, identifier, technical, detect, detectable, obtainedBy, note }) => ({
      id,
      name,
      family,
      gbt35273,
      sensitive: sensitive.gbt45574 === 'no' && sensitive.pipl28 !== 'no' ? sensitive.pipl28 : sensitive.gbt45574,
      identifier,
      technical,
      detect: {
        how: detectable,
        obtainedBy,
        keys: [...detect.keys],
        weakKeys: [...detect.weakKeys],
        contextKeys: [...detect.contextKeys],
        notKeys: [...detect.notKeys],
        shape: detect.shape,
        validator: detect.validator,
        withKey: detect.withKey,
        withoutKey: detect.withoutKey,
      },
      note,
    })),
    checks: checks.map(({ id, name, severity, clause, clauseText, advice, fineWhen }) => ({
      id,
      name,
      severity,
      clause,
      clauseText,
      advice,
      fineWhen,
    })),
    places: { ...registry?.places },
  };
}

const conditionAnswer = ({ id, text }: Condition) => ({ id, text });

/** An occurrence without its value; where the value slipped into a text for people, the mask stands instead. */
export function occurrenceAnswer(occurrence: Occurrence) {
  const { value, masked } = occurrence;
  const hide = (text: string) => (value.length > 3 ? text.replaceAll(value, masked) : text);
  return {
    exchange: occurrence.exchange,
    message: occurrence.message,
    at: occurrence.at,
    method: occurrence.method,
    url: listedUrl(occurrence.url),
    host: occurrence.host,
    secure: occurrence.secure,
    app: occurrence.app,
    scene: occurrence.scene,
    direction: occurrence.direction,
    path: occurrence.path,
    steps: occurrence.steps,
    detector: occurrence.detector,
    form: occurrence.form,
    grade: occurrence.grade,
    placeholder: occurrence.placeholder,
    masked,
    tag: occurrence.tag,
    trace: occurrence.trace.map(({ rule, text }) => ({ rule, text: { zh: hide(text.zh), en: hide(text.en) } })),
  };
}
