import type { Passed, Validator } from '../validator.js';
import { checkValueList } from '../value-list.js';

const NAMED = /^(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc)\/[A-Za-z_+\-0-9]+(?:\/[A-Za-z_]+)?$/;
const OFFSET =
  /^(?:GMT|UTC|Z)?\s?[+-]?(?:0?\d|1[0-4])(?::[0-5]\d)?$|^(?:GMT|UTC)?\s?[+-](?:0\d|1[0-4])[0-5]\d$|^(?:GMT|UTC|CST|PRC|EST|PST|JST|BST|CET)(?:[+-]\d{1,2})?$|^(?:IST|[ECMP]DT|MST|AKST|HST|AST|ART|BRT|WES?T|CEST|EES?T|MSK|TRT|GST|PKT|NPT|ICT|WIB|SGT|HKT|PHT|KST|AE[SD]T|ACST|AWST|NZ[SD]T|SAST|EAT|WAT)$|^[+-]?(?:0?\d|1[0-4]):[0-5]\d$|^[+-](?:0?\d|1[0-4])[.:](?:00|15|30|45) ?(?:GMT|UTC)$/i;
const CHINESE = /^(?:中国标准时间|北京时间|China Standard Time|格林尼治标准时间[+-]\d{2}:?\d{2})$/;
function one(value: string): Passed | null {
  const text = value.trim().replace(/^"|"$/g, '');
  const number = /^[+-]?\d{1,8}(?:\.\d{1,2})?$/.test(text) ? Number(text) : null;
  // Offsets go in quarter hours, whatever the unit.
  const counted =
    number !== null &&
    (Math.abs(number) <= 14 || [60, 3_600, 3_600_000].some((unit) => Math.abs(number) <= 14 * unit && number % (unit / 4) === 0));
  if (!NAMED.test(text) && !OFFSET.test(text) && !CHINESE.test(text) && !counted) return null;
  // A number alone counts many other things than hours (`zone=102` is an advertising slot).
  const passRate = number === null ? 0.2 : 0.5;
  return { normalised: text, placeholder: false, passRate, note: { zh: '时区名称或偏移', en: 'time zone name or offset' } };
}

export const validator: Validator = {
  source: 'IANA time zone names; ISO 8601 offsets; offsets as hours, minutes (480), seconds (28800) or milliseconds (28800000)',
  fits: (shape) => shape.length >= 1 && shape.length <= 60,
  // `GMT+08:00,Asia/Shanghai`; numbers in a row are no zones.
  check: (value) => checkValueList(value, (text) => (text.length < value.trim().length && /^[+-]?[\d.]*$/.test(text) ? null : one(text))),
};
