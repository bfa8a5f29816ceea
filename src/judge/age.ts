/** China has one time zone and no summer time since 1992; whose birthday it is must not depend on the machine. */
const CHINA_OFFSET_MS = 8 * 3_600_000;
/** PIPL art. 28 and 31: under fourteen. */
const YEARS = 14;

const RESIDENT_ID = /^\d{6}((?:19|20)\d{2})(\d{2})(\d{2})\d{3}[\dXx]$/;
/** ISO 8601 and its Chinese writing, with a time behind it or without; a year, or a year and month alone. */
const WRITTEN =
  /^((?:19|20)\d{2})(?:[-/.年]?(\d{2})[-/.月]?(\d{2})日?|[-/.年](\d{1,2})[-/.月](\d{1,2})日?|[-/.年](\d{1,2})月?)?年?(?:[T ]\d.*)?$/;
/** Day and month first, or month and day: which of the two it is, cannot be told. */
const YEAR_LAST = /^(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d{2})$/;
/** Milliseconds since the epoch: so many digits are no seconds of anybody's life. Fewer could be either. */
const MILLISECONDS = /^1\d{12}$/;
const AGE = /^(\d{1,2})岁?$/;
/** The last word of a path that asks for an age: `childAge`, `kid_age`, `孩子年龄`. */
const ASKS_AGE = /(?:(?:^|[^A-Za-z])[aA]ge|[a-z]Age|年龄)[^\p{L}]*$/u;

/** As a number that grows with the calendar; what is not written is the first it can be, so that nobody is taken for younger than he may be. */
type Day = number;

/**
 * Does the value itself say that the person is under fourteen at that time? Only what is written out counts: a resident ID number, a
 * date of birth, an age. A flag (`isMinor`) speaks of a minor, which is under eighteen; a child or a guardian with a name may be of
 * any age. Digests say nothing.
 * @param at milliseconds since the epoch. @param path of the field: whether a number about a child is its age.
 */
export function saysUnder14(dataType: string, value: string, at: number, path = ''): boolean {
  const text = value.trim();
  switch (dataType) {
    case 'id_number':
      return isUnder(dayOf(RESIDENT_ID.exec(text)?.slice(1)), at);
    case 'birth_date':
      return isUnder(birthOf(text), at);
    case 'age':
      return isYoung(text);
    case 'minor_info':
      return ASKS_AGE.test(path) ? isYoung(text) : /\d{3}/.test(text) && isUnder(birthOf(text), at);
    default:
      return false;
  }
}

function isYoung(text: string): boolean {
  const years = Number(AGE.exec(text)?.[1] ?? 0);
  return years > 0 && years < YEARS;
}

function birthOf(text: string): Day | null {
  const [, year, month, day, looseMonth, looseDay, monthAlone] = WRITTEN.exec(text) ?? [];
  if (year !== undefined) return dayOf([year, month ?? looseMonth ?? monthAlone ?? '1', day ?? looseDay ?? '1']);
  const [, first = '', , second = '', last] = YEAR_LAST.exec(text) ?? [];
  if (last !== undefined) {
    const both = [dayOf([last, second, first]), dayOf([last, first, second])].filter((one) => one !== null);
    return both.length === 0 ? null : Math.min(...both);
  }
  return MILLISECONDS.test(text) ? dayAt(Number(text)) : null;
}

function dayOf(parts: readonly string[] | undefined): Day | null {
  const [year = 0, month = 0, day = 0] = (parts ?? []).map(Number);
  return month < 1 || month > 12 || day < 1 || day > 31 ? null : year * 10_000 + month * 100 + day;
}

function dayAt(at: number): Day {
  const date = new Date(at + CHINA_OFFSET_MS);
  return date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
}

/** Born today is what a form says that nobody filled in. */
function isUnder(born: Day | null, at: number): boolean {
  const today = dayAt(at);
  return born !== null && born < today && today < born + YEARS * 10_000;
}
