import { type Part, readTogether, surePaths } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { shapeOf } from '../shape.js';
import { isUuid } from '../uuid.js';
import { validators } from '../validator.js';
import { validator as androidId } from '../validators/android-id.js';
import { isHandset } from '../validators/imei.js';
import { validator as imsi } from '../validators/imsi.js';
import { validator as mobile } from '../validators/mainland-mobile.js';

/**
 * Apps write more into their User-Agent than what they are: IMEI, IMSI, the number of the phone, an identifier of the installation. Each
 * stands between the signs that part the words there, and many carry their name (`oaid/7d58…;ADID/3F0C…`). A number of eleven digits is
 * a phone's only beside another number of the device.
 */
const WORDS = /[^\s;|()/,&=]+/g;
/** What parts the words, but for white space that no header holds, which is slow to look for; a text without any is one word, and is read as a whole. */
const PARTED = /[ ;|()/,&=:]/;
/** No program calls itself so; most long values are addresses. */
const ADDRESS = /^https?:\/\//;
const SHORTEST = 20;
const LONGEST = 2_048;
/** Shorter numbers agree by chance. */
const SHORTEST_REPEATED = 15;
const NAMED = /(?<![\w-])([A-Za-z][A-Za-z_-]{1,24})[/:=]([0-9A-Za-z][0-9A-Za-z_-]{14,63})(?![\w-])/g;
/** Identifiers by their families; an account has no form to test. */
const FAMILIES = new Set(['device_id', 'advertising_id']);
const APPLES = /iphone|ipad|ipod|\bios\b/i;
const ANDROID = /android/i;
const DIGITS = /^\d{11}$|^\d{15}$/;

interface Identifier extends Part {
  readonly type: string;
}

export const composite: Composite = {
  spares: true,
  triggers: ({ kind, value }) =>
    kind === 'string' &&
    value.length >= SHORTEST &&
    value.length <= LONGEST &&
    !ADDRESS.test(value) &&
    PARTED.test(value) &&
    /\d{11}|-[0-9a-fA-F]{12}|[/:=][0-9A-Za-z_-]{15}/.test(value),
  find(scope) {
    const agents = surePaths(scope.candidates, 'user_agent');
    const found: CompositeFinding[] = [];
    if (agents.size === 0) return found;
    const told = toldElsewhere(scope, agents);
    for (const field of scope.decoded.fields)
      if (agents.has(field.path) && field.value.length <= LONGEST)
        for (const part of partsOf(scope, field.value, told))
          found.push({ candidate: readTogether(scope.decoded, field, part.type, line, part), absorbs: [] });
    return found;
  },
};

/** Identifiers that the rest of the message tells by their names: an agent that repeats one needs no name for it. */
function toldElsewhere({ candidates, types }: CompositeScope, agents: ReadonlySet<string>): ReadonlyMap<string, string> {
  const told = new Map<string, string>();
  for (const { evidence } of candidates) {
    const { grade, placeholder, value, path, dataType } = evidence;
    if (grade === 'candidate' || placeholder || value.length < SHORTEST_REPEATED || agents.has(path)) continue;
    if (FAMILIES.has(types.get(dataType)?.family ?? '')) told.set(value, dataType);
  }
  return told;
}

function partsOf(scope: CompositeScope, agent: string, told: ReadonlyMap<string, string>): readonly Identifier[] {
  const parts = namedIn(scope, agent);
  const named = new Set(parts.map(({ start }) => start));
  const phones: Identifier[] = [];
  for (const { 0: text, index: start } of agent.matchAll(WORDS)) {
    if (named.has(start)) continue;
    const type = told.get(text);
    if (type !== undefined) {
      parts.push({ type, text, start });
      continue;
    }
    if (isGivenUuid(text)) parts.push({ type: 'device_uuid', text, start });
    if (!DIGITS.test(text)) continue;
    if (text.length === 11) {
      if (mobile.check(text) !== null) phones.push({ type: 'phone_number', text, start });
    } else if (/^46\d/.test(text)) {
      if (imsi.check(text) !== null) parts.push({ type: 'imsi', text, start });
    } else if (isHandset(text)) parts.push({ type: 'imei', text, start });
  }
  return parts.some(({ type }) => type !== 'device_uuid') ? [...parts, ...phones] : parts;
}

/** A UUID that some system gave: one of zeros says that it gave none. */
function isGivenUuid(text: string): boolean {
  return isUuid(text) && /[1-9a-f]/i.test(text);
}

/** What stands behind a name that means one identifier, if it passes the test of that type. */
function namedIn(scope: CompositeScope, agent: string): Identifier[] {
  return [...agent.matchAll(NAMED)].flatMap(({ 0: whole, 1: name = '', 2: text = '', index }) => {
    const type = typeOf(scope, agent, name, text);
    return type === null ? [] : [{ type, text, start: index + whole.length - text.length }];
  });
}

function typeOf({ dictionary }: CompositeScope, agent: string, name: string, text: string): string | null {
  // Both are short for several identifiers; the system that the agent names and the form leave one.
  if (/^adid$/i.test(name))
    return isGivenUuid(text) && APPLES.test(agent) !== ANDROID.test(agent) ? (APPLES.test(agent) ? 'idfa' : 'gaid') : null;
  if (/^aid$/i.test(name))
    return ANDROID.test(agent) && /[a-f]/.test(text) && androidId.check(text)?.placeholder === false ? 'android_id' : null;
  const match = dictionary
    .lookup([name])
    .find(({ weak, reach, form, type }) => !weak && reach === 'full' && form === null && FAMILIES.has(type.family));
  const validator = validators.get(match?.type.detect.validator ?? '');
  if (match === undefined || validator === undefined || !/\d/.test(text) || !validator.fits(shapeOf(text))) return null;
  return validator.check(text)?.placeholder === false ? match.type.id : null;
}

const line = {
  rule: 'agent-part',
  text: { zh: 'User-Agent 内单独成词的标识', en: 'an identifier that is a word of its own within a User-Agent' },
} as const;
