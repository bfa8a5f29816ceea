/** China has one time zone and no summer time since 1992; whose birthday it is must not depend on the machine. */
const CHINA_OFFSET_MS = 8 * 3_600_000;
/** PIPL art. 28 and 31: under fourteen. */
const YEARS = 14;
const DENIED = /^(?:0|no?|false|null|none|否|非)?$/i;

/**
 * Does the value itself say that the person is under fourteen at that time? Only what is written out counts: a resident ID
 * number, a date of birth, an age, a flag. Digests and ages of other formats say nothing.
 * @param at milliseconds since the epoch.
 */
export function saysUnder14(dataType: string, value: string, at: number): boolean {
  const text = value.trim();
  switch (dataType) {
    case 'id_number': {
      const birth = /^\d{6}((?:19|20)\d{2})(\d{2})(\d{2})\d{3}[\dXx]$/.exec(text);
      return birth !== null && isUnder(birth, at);
    }
    case 'birth_date': {
      const birth = /^((?:19|20)\d{2})[-/.年]?(\d{2})[-/.月]?(\d{2})日?$/.exec(text);
      return birth !== null && isUnder(birth, at);
    }
    case 'age':
      return /^\d{1,2}$/.test(text) && Number(text) > 0 && Number(text) < YEARS;
    case 'minor_info':
      return !DENIED.test(text);
    default:
      return false;
  }
}

function isUnder(birth: RegExpExecArray, at: number): boolean {
  const [year, month, day] = [Number(birth[1]), Number(birth[2]), Number(birth[3])];
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  const now = new Date(at + CHINA_OFFSET_MS);
  const born = year * 10_000 + month * 100 + day;
  const today = now.getUTCFullYear() * 10_000 + (now.getUTCMonth() + 1) * 100 + now.getUTCDate();
  return born <= today && today < born + YEARS * 10_000;
}
