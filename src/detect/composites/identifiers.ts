import type { Field } from '../../model/field.js';
import { readTogether, surePaths } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { NUMBERED } from '../device-features.js';
import { identifierOf, identifiersAmong, identifiersIn } from '../identifiers.js';
import { leafWords } from '../keys.js';

/**
 * A device described under names that mean nothing, as risk control does (`{"zc":"86…","xv":"46000…"}`, `86…\t3c:5a:…` in one text): numbers
 * that pass the tests of different identifiers, in one object or one text.
 */
const SHORTEST = 31;
const LONGEST = 240;
/** What a text has to hold to be taken apart. */
const HINT = /(?<!\d)(?:(?:35|86)\d{13}|460\d{12}|8986\d{15,16})(?!\d)/;

export const composite: Composite = {
  spares: true,
  triggers: ({ kind, value, opened }) => kind === 'string' && (identifierOf(value) !== null || (opened !== true && mayBeLine(value))),
  find(scope) {
    const sure = surePaths(scope.candidates);
    return [...apart(scope, sure), ...inText(scope, sure)];
  },
};

function apart({ candidates, groupOf, decoded }: CompositeScope, sure: ReadonlySet<string>): CompositeFinding[] {
  const told = identifiersAmong(candidates, groupOf);
  if (told.size === 0) return [];
  return decoded.fields.flatMap((field): CompositeFinding[] => {
    const dataType = told.get(field.path);
    if (dataType === undefined || sure.has(field.path)) return [];
    return [{ candidate: readTogether(decoded, field, dataType, line), absorbs: [] }];
  });
}

function inText({ decoded }: CompositeScope, sure: ReadonlySet<string>): CompositeFinding[] {
  return decoded.fields.flatMap((field) => {
    if (!isWorthReading(field, sure)) return [];
    return identifiersIn(field.value).map(
      ([dataType, part]): CompositeFinding => ({ candidate: readTogether(decoded, field, dataType, line, part), absorbs: [] }),
    );
  });
}

function isWorthReading({ kind, value, opened, part, path, keys }: Field, sure: ReadonlySet<string>): boolean {
  if (kind !== 'string' || opened === true || part === 'url' || sure.has(path) || !mayBeLine(value)) return false;
  return !leafWords(keys).some((word) => NUMBERED.test(word));
}

/** Asked of every text: the length first. */
function mayBeLine(value: string): boolean {
  return value.length >= SHORTEST && value.length <= LONGEST && HINT.test(value);
}

const line = {
  rule: 'identifiers',
  text: {
    zh: '同一处有至少两类设备标识，各自通过自身的校验，这是其中之一',
    en: 'at least two kinds of device identifiers stand together, each passing its own test; this is one of them',
  },
} as const;
