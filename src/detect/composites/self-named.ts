import type { Field } from '../../model/field.js';
import { type Candidate, readTogether, surePaths } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { shapeOf } from '../shape.js';
import { validators } from '../validator.js';

/**
 * Values that carry their own name: `google_advertising_id:6708…`, `authToken=0f0b…`. Whatever the field is called, the value says what it is,
 * if that name means one thing in the dictionary and what follows passes its test. One pair alone; a text or a list of pairs is not looked at.
 */
const PAIR = /^([A-Za-z][A-Za-z_]{2,31})[:=]([^\s:=,;&|"'<>{}[\]]{8,200})$/;
const LONGEST_NAME = 32;
const COLON = 0x3a;
const EQUALS = 0x3d;
const SLASH = 0x2f;
const UNDERSCORE = 0x5f;
const SHORTEST = 12;
const LONGEST = 240;
/** Types whose values are one word with a form that can be tested, and that such a value is sent for. */
const FAMILIES = new Set(['device_id', 'advertising_id', 'authentication', 'phone']);
/** The word that an app of its own writes says no more than the form does. */
const NOT = new Set(['password', 'verification_code', 'tracking_cookie']);
/** `uuid:6f1d…` tells how the number was made (RFC 9562), whatever it numbers: a form that was filled in, a message, a service. */
const NOTATION = /^(?:uuid|guid|urn)$/i;

export const composite: Composite = {
  spares: true,
  triggers: ({ kind, value, part }) => kind === 'string' && part !== 'url' && mayBePair(value),
  find(scope) {
    const sure = surePaths(scope.candidates);
    return scope.decoded.fields.flatMap((field): CompositeFinding[] => {
      if (field.kind !== 'string' || field.part === 'url' || field.keys.length === 0 || sure.has(field.path)) return [];
      const candidate = mayBePair(field.value) ? read(scope, field) : null;
      return candidate === null ? [] : [{ candidate, absorbs: [] }];
    });
  },
};

/** Asked of every text: the length and what ends the name first. */
function mayBePair(value: string): boolean {
  if (value.length < SHORTEST || value.length > LONGEST) return false;
  let end = 0;
  while (end <= LONGEST_NAME && isOfName(value.charCodeAt(end))) end++;
  const sign = value.charCodeAt(end);
  // `https:` names no value.
  return (sign === COLON || sign === EQUALS) && value.charCodeAt(end + 1) !== SLASH && PAIR.test(value);
}

/** A letter, whose two cases differ in one bit, or an underscore. */
function isOfName(code: number): boolean {
  const small = code | 0x20;
  return (small >= 0x61 && small <= 0x7a && code < 0x80) || code === UNDERSCORE;
}

function read({ decoded, dictionary }: CompositeScope, field: Field): Candidate | null {
  const [, name = '', text = ''] = PAIR.exec(field.value) ?? [];
  if (NOTATION.test(name)) return null;
  const match = dictionary
    .lookup([name])
    .find(({ weak, reach, form, type }) => !weak && reach === 'full' && form === null && FAMILIES.has(type.family) && !NOT.has(type.id));
  const validator = match === undefined ? undefined : validators.get(match.type.detect.validator ?? '');
  if (match === undefined || validator === undefined || !validator.fits(shapeOf(text))) return null;
  const passed = validator.check(text);
  return passed === null || passed.placeholder
    ? null
    : readTogether(decoded, field, match.type.id, line(name), { text, start: name.length + 1 });
}

const line = (name: string) => ({
  rule: 'self-named',
  text: {
    zh: `值自带名称“${name}”，其后的内容符合该类型的写法`,
    en: `the value carries its own name, "${name}", and what follows is written so`,
  },
});
