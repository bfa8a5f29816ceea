import type { Field } from '../../model/field.js';
import { readTogether } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { leafName } from '../keys.js';

/**
 * `{ loginId: "8123456789", countryCode: 91 }`: what stands under the name of an account is a mobile number where the code that is dialled
 * before numbers of a country stands beside it, and it is written as that country writes its mobiles.
 */
const NAMES = /^(?:user|username|loginid|login|loginname|account|identifier|contact|userid)$/;
const CODES =
  /^(?:user|usr)?(?:mobile|phone|tel)?(?:country|countrycalling|calling|dial|dialing|dialling|isd|mobile|phone)code$|^(?:isd|dialcode)$/;
/** Beside these the number of an account may be any, and the code that of a country: the code has to speak of telephones. */
const NUMBERED = /^(?:userid|user|account|contact|identifier)$/;
const OF_TELEPHONES = /mobile|phone|tel|calling|dial|isd/;
/** So many digits are often the number of an account: the same is asked. */
const SHORT = 9;
const CODE = /^(?:\+|00)?([1-9]\d{0,2})$/;
/**
 * Mobile numbers behind the code of their country, without the zero that is dialled at home: the national numbering plans as ITU-T publishes
 * them (E.129). North America is missing, whose mobiles no plan tells from other numbers of ten digits; mainland numbers are known by themselves.
 */
const MOBILES: ReadonlyMap<string, RegExp> = new Map([
  ['7', /^9\d{9}$/],
  ['20', /^1[0125]\d{8}$/],
  ['44', /^7\d{9}$/],
  ['55', /^[1-9]\d9\d{8}$/],
  ['60', /^1\d{8,9}$/],
  ['62', /^8\d{8,11}$/],
  ['63', /^9\d{9}$/],
  ['66', /^[689]\d{8}$/],
  ['81', /^[789]0\d{8}$/],
  ['82', /^10\d{8}$/],
  ['84', /^[35789]\d{8}$/],
  ['90', /^5\d{9}$/],
  ['91', /^[6-9]\d{9}$/],
  ['92', /^3\d{9}$/],
  ['852', /^[4-79]\d{7}$/],
  ['853', /^6\d{7}$/],
  ['880', /^1[3-9]\d{8}$/],
  ['886', /^9\d{8}$/],
  ['966', /^5\d{8}$/],
  ['971', /^5\d{8}$/],
]);
const DIGITS = /^0?[1-9]\d{7,11}$/;

export const composite: Composite = {
  named: (keys) => NAMES.test(leafName(keys)),
  triggers: ({ value }, named) => named && DIGITS.test(value),
  find({ decoded, groups, types, candidates, groupOf }) {
    if (!types.has('phone_number')) return [];
    // Whoever gives a number already has no other under the name of the account.
    const given = new Set(
      candidates.flatMap(({ evidence }, index) =>
        evidence.dataType === 'phone_number' && evidence.grade !== 'candidate' ? [groupOf(index)] : [],
      ),
    );
    const found: CompositeFinding[] = [];
    for (const [group, fields] of groups) {
      if (given.has(group)) continue;
      const codes = fields.flatMap((field) => codeOf(field) ?? []);
      if (codes.length === 0) continue;
      for (const field of fields)
        if (isForm(field) && NAMES.test(leafName(field.keys)) && codes.some((code) => isDialled(field, code)))
          found.push({ candidate: readTogether(decoded, field, 'phone_number', line), absorbs: [field.path] });
    }
    return found;
  },
};

function isForm({ part }: Field): boolean {
  return part === 'body' || part === 'query';
}

interface Code {
  readonly code: string;
  readonly ofTelephones: boolean;
}

function codeOf({ part, keys, value }: Field): Code | null {
  const name = leafName(keys);
  if ((part !== 'body' && part !== 'query') || !CODES.test(name)) return null;
  const code = CODE.exec(value.trim())?.[1];
  return code === undefined ? null : { code, ofTelephones: OF_TELEPHONES.test(name) };
}

function isDialled({ keys, value }: Field, { code, ofTelephones }: Code): boolean {
  if (!isMobileOf(code, value)) return false;
  return ofTelephones || !(NUMBERED.test(leafName(keys)) || value.replace(/^0/, '').length <= SHORT);
}

function isMobileOf(code: string, value: string): boolean {
  return DIGITS.test(value) && MOBILES.get(code)?.test(value.replace(/^0/, '')) === true;
}

const line = {
  rule: 'dialled-number',
  text: {
    zh: '旁边是拨号用的国家码，值是该国手机号码的写法',
    en: 'the code of a country stands beside it, and it is written as mobile numbers of that country are',
  },
} as const;
