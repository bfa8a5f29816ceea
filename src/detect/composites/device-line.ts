import type { Field } from '../../model/field.js';
import { type Candidate, type Part, readTogether, surePaths } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { CHANNEL, isCarrier, isLocale, isNetwork, isSystem, isSystemName } from '../device-features.js';
import { isMachine, isMakerAndModel, isPhoneMaker, makerOfCode } from '../device-models.js';
import { leafWords } from '../keys.js';
import { validator as screen } from '../validators/screen-size.js';

/**
 * A device written in one line: `Android 13;SM-G9910;zh_CN`, `iPhone OS_9.0_1242*2208_iPhone7,1`. Two parts that are written like two
 * different features speak for each other, and for the release that follows the system's name; nothing else of the line is read.
 * Goods are written in lines too (`Redmi Note 12,5G,8GB`): without a system, or a machine as its maker numbers it (`iPhone14,5`), it takes three.
 */
const SEPARATORS = [';', '|', ',', '_', '/', '#', '&', ' '] as const;
const KINDS = 2;
const KINDS_WITHOUT_SYSTEM = 3;
const FEWEST_PARTS = 3;
const MOST_PARTS = 24;
const SHORTEST = 12;
const LONGEST = 240;
const SIGN = new Uint8Array(128);
for (const sign of SEPARATORS) SIGN[sign.charCodeAt(0)] = 1;
/** Hints that are looked for before a text is taken apart: codes and languages begin where no word goes on. */
const HINT = /android|ios|iphone|ipad|harmony|\d{3,4}[x*]\d{3,4}|wi-?fi|(?<![a-z0-9])(?:[a-z]{2,3}-[a-z]{1,2}\d|[a-z]{2,3}[-_][a-z]{2})/i;
const RELEASE = /^(?:[4-9]|[12]\d)(?:\.\d{1,2}){0,2}$/;
/** Not the one within a name of Apple's: `<iPhone12,1>`. */
const COMMA = /,(?![^<>]{0,12}>)/;
const SIDES = /^\d{3,4}[xX*]\d{3,4}$/;

export const composite: Composite = {
  spares: true,
  prose: true,
  triggers: ({ kind, value, opened }) => kind === 'string' && opened !== true && mayBeLine(value),
  find(scope) {
    const found: CompositeFinding[] = [];
    const sure = surePaths(scope.candidates);
    for (const field of scope.decoded.fields)
      if (isWorthAsking(field) && !sure.has(field.path))
        for (const candidate of featuresIn(scope, field)) found.push({ candidate, absorbs: [] });
    return found;
  },
};

function isWorthAsking({ kind, opened, part, value }: Field): boolean {
  return kind === 'string' && opened !== true && part !== 'url' && mayBeLine(value);
}

/** Asked of every text: the length first, then two of the signs. */
function mayBeLine(value: string): boolean {
  if (value.length < SHORTEST || value.length > LONGEST) return false;
  let signs = 0;
  for (let index = 0; index < value.length && signs < FEWEST_PARTS - 1; index++) signs += SIGN[value.charCodeAt(index)] ?? 0;
  return signs === FEWEST_PARTS - 1 && HINT.test(value);
}

/** The features that a line shows under the separator that shows most of them. */
function featuresIn(scope: CompositeScope, field: Field): Candidate[] {
  // Which shop an app came from, or how somebody logs in, has names of systems and makers in it, and no machine as its maker numbers it.
  const isChannel = leafWords(field.keys).some((word) => CHANNEL.test(word));
  let best: Array<readonly [string, Part]> = [];
  for (const separator of SEPARATORS) {
    const parts = partsOf(field.value, separator);
    if (parts.length > MOST_PARTS || (parts.length < FEWEST_PARTS && !isMachineAndRelease(parts))) continue;
    const features = read(parts);
    const kinds = new Set(features.map(([type]) => type));
    const isNumbered = parts.some(({ text }) => isMachine(text));
    if (isChannel && !isNumbered) continue;
    const isOfDevice = kinds.has('os_version') || isNumbered;
    if (kinds.size >= (isOfDevice ? KINDS : KINDS_WITHOUT_SYSTEM) && features.length > best.length) best = features;
  }
  return best.map(([type, part]) => readTogether(scope.decoded, field, type, line, part));
}

function partsOf(text: string, separator: string): Part[] {
  const parts: Part[] = [];
  let start = 0;
  for (const piece of text.split(separator === ',' ? COMMA : separator)) {
    const text = piece.trim();
    if (text !== '') parts.push({ text, start: start + piece.indexOf(text) });
    start += piece.length + separator.length;
  }
  return parts;
}

/** `iPhone10,1_14.2`, and as mini programs write it: `iPhone 11<iPhone12,1>,iOS 14.7`. */
function isMachineAndRelease([machine, release, more]: readonly Part[]): boolean {
  if (machine === undefined || release === undefined || more !== undefined || !isMachine(machine.text)) return false;
  return RELEASE.test(release.text) || isSystem(release.text);
}

function read(parts: readonly Part[]): Array<readonly [string, Part]> {
  const features: Array<readonly [string, Part]> = [];
  let named = false;
  for (const part of parts) {
    const type = typeOf(part.text) ?? (named && RELEASE.test(part.text) ? 'os_version' : null);
    named = isSystemName(part.text) || isMachine(part.text);
    if (type !== null) features.push([type, part]);
  }
  return features;
}

function typeOf(text: string): string | null {
  if (text.length < 2 || text.length > 60) return null;
  if (isSystem(text) || isSystemName(text)) return 'os_version';
  if (isMachine(text) || makerOfCode(text) !== null || isMakerAndModel(text) || isPhoneMaker(text)) return 'device_model';
  if (SIDES.test(text)) return screen.check(text) === null ? null : 'screen_info';
  if (isLocale(text)) return 'locale_timezone';
  if (isNetwork(text)) return 'network_type';
  return isCarrier(text) ? 'sim_operator' : null;
}

const line = {
  rule: 'device-line',
  text: {
    zh: '一行文字里有至少两类设备特征的写法，这是其中之一',
    en: 'a line with at least two parts that are written like features of a device; this is one of them',
  },
} as const;
