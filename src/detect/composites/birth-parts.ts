import type { Field } from '../../model/field.js';
import { readTogether, surePaths } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { leafName } from '../keys.js';

/** `birth_day=11&birth_month=11&birth_year=2000`: forms ask for a date of birth in three fields, two of which hold a small number. */
const MONTH = /^(?:user)?(?:birth|dob|birthdate|birthday)month$/;
const DAY = /^(?:user)?(?:birthday|birthdateday|dobday|birthdayday|birthdayofmonth)$/;
const YEAR = /^(?:user)?(?:birth|dob|birthdate|birthday)year$/;
const NUMBER_OF = { month: /^(?:0?[1-9]|1[0-2])$/, day: /^(?:0?[1-9]|[12]\d|3[01])$/, year: /^(?:19|20)\d{2}$/ } as const;

type Part = keyof typeof NUMBER_OF;

export const composite: Composite = {
  named: (keys) => MONTH.test(leafName(keys)),
  triggers: ({ value }, named) => named && NUMBER_OF.month.test(value),
  find({ candidates, decoded, groups }) {
    const sure = surePaths(candidates);
    return [...groups.values()].flatMap((fields): CompositeFinding[] => {
      const parts = fields.filter((field) => partOf(field) !== null);
      // A month alone may be chosen in a calendar.
      if (new Set(parts.map(partOf)).size < 2 || !parts.some((field) => partOf(field) === 'month')) return [];
      return parts
        .filter(({ path }) => !sure.has(path))
        .map((field) => ({ candidate: readTogether(decoded, field, 'birth_date', line), absorbs: [] }));
    });
  },
};

function partOf({ keys, value }: Field): Part | null {
  const own = leafName(keys);
  const part: Part | null = MONTH.test(own) ? 'month' : DAY.test(own) ? 'day' : YEAR.test(own) ? 'year' : null;
  return part !== null && NUMBER_OF[part].test(value) ? part : null;
}

const line = {
  rule: 'birth-parts',
  text: { zh: '出生日期分为年、月、日几个字段', en: 'a date of birth in fields of its own for year, month and day' },
} as const;
