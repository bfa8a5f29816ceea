import { type Part, readTogether } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { validator as imei } from '../validators/imei.js';
import { validator as imsi } from '../validators/imsi.js';
import { validator as mobile } from '../validators/mainland-mobile.js';

/**
 * Apps write more into their User-Agent than what they are: IMEI, IMSI, the number of the phone, an identifier of the installation. Each
 * stands between the signs that part the words there. A number of eleven digits is a phone's only beside another number of the device.
 */
const WORDS = /[^\s;|()/,&=]+/g;
const SHORTEST = 20;
const LONGEST = 2_048;
const UUID = /^(?=.*[1-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DIGITS = /^\d{11}$|^\d{15}$/;

interface Identifier extends Part {
  readonly type: string;
}

export const composite: Composite = {
  spares: true,
  stirs: ({ kind, value }) =>
    kind === 'string' && value.length >= SHORTEST && value.length <= LONGEST && /\d{11}|-[0-9a-fA-F]{12}/.test(value),
  find(scope) {
    const agents = new Set<string>();
    for (const { evidence } of scope.candidates)
      if (evidence.dataType === 'user_agent' && evidence.grade !== 'candidate') agents.add(evidence.path);
    const found: CompositeFinding[] = [];
    if (agents.size === 0) return found;
    for (const field of scope.decoded.fields)
      if (agents.has(field.path) && field.value.length <= LONGEST)
        for (const part of partsOf(field.value))
          if (scope.types.has(part.type)) found.push({ candidate: readTogether(scope.decoded, field, part.type, line, part), absorbs: [] });
    return found;
  },
};

function partsOf(agent: string): readonly Identifier[] {
  const parts: Identifier[] = [];
  const phones: Identifier[] = [];
  for (const { 0: text, index: start } of agent.matchAll(WORDS)) {
    if (UUID.test(text)) parts.push({ type: 'device_uuid', text, start });
    if (!DIGITS.test(text)) continue;
    if (text.length === 11) {
      if (mobile.check(text) !== null) phones.push({ type: 'phone_number', text, start });
    } else if (/^46\d/.test(text)) {
      if (imsi.check(text) !== null) parts.push({ type: 'imsi', text, start });
    } else if (/^(?:35|86)/.test(text) && imei.check(text)?.placeholder === false) parts.push({ type: 'imei', text, start });
  }
  return parts.some(({ type }) => type !== 'device_uuid') ? [...parts, ...phones] : parts;
}

const line = {
  rule: 'agent-part',
  text: { zh: 'User-Agent 内单独成词的标识', en: 'an identifier that is a word of its own within a User-Agent' },
} as const;
