import { limits } from '../limits.js';
import type { Decoded, Field } from '../model/field.js';
import type { TraceLine } from '../model/finding.js';
import type { DataType } from '../model/rulebook.js';
import { authorLine, isCredited, isOfAuthor } from './authors.js';
import { type Candidate, evidenceAt } from './candidate.js';
import { leafName } from './keys.js';
import { SHAPE_LENGTH, shapeOf, type ValueShape } from './shape.js';
import { COMMON_PASS_RATE, validators } from './validator.js';

/**
 * Numbers and addresses inside running text: "我的手机号是138…，身份证…". Only kinds with edges of their own are looked for,
 * and a number inside a longer run of digits or letters never counts (13-digit times hold a `1[3-9]…` in 100 of 100 cases).
 */
interface Kind {
  readonly dataType: string;
  readonly validator: string;
  readonly find: RegExp;
  /** Words shortly before it that say what it is. */
  readonly context: RegExp;
  /** What the text must hold at least, by its classes: an expression is tried only where it can hit. */
  readonly may: (shape: ValueShape) => boolean;
}

const KINDS: readonly Kind[] = [
  {
    dataType: 'id_number',
    validator: 'resident-id',
    find: /(?<![0-9A-Za-z])[1-9]\d{16}[0-9Xx](?![0-9A-Za-z])/g,
    context: /身份证|证件|id ?card|identity/i,
    may: ({ run }) => run >= 17,
  },
  {
    dataType: 'phone_number',
    validator: 'mainland-mobile',
    find: /(?<![0-9A-Za-z.])(?:\+86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![0-9A-Za-z]|\.\d)/g,
    context: /手机|电话|联系|号码|phone|mobile|tel/i,
    may: ({ run }) => run >= 11,
  },
  {
    dataType: 'email',
    validator: 'email',
    // `git@github.com:owner/name` is the address of a repository (git-clone, "scp-like syntax"), `loop@mozilla.org:1.4` the id of an add-on with its version.
    // What stands before the host of an address of the web is a key of the program (RFC 3986 3.2.1): `https://0f0b…@errors.example.com/1`.
    // Nor does one stand between two of its signs: `@lilei@social.example` is somebody of a network, `@mark@word@/mark@` a mark in a text.
    // What is written to is an address there as well (`mailto://`, `xmpp://`; RFC 5122 2.1).
    find: /(?<![0-9A-Za-z._%+@-]|(?<!mailto|sips?|xmpp|sms):\/\/)(?!git@[0-9A-Za-z.-]{1,80}[:/])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![0-9A-Za-z]|(?:\.[A-Za-z0-9-]{1,63}){0,4}(?:@|:\d{1,5}\.\d))/g,
    context: /邮箱|邮件|e-?mail/i,
    may: ({ at }) => at,
  },
  {
    dataType: 'bank_card_number',
    validator: 'bank-card',
    find: /(?<![0-9A-Za-z.])[3-68]\d{3}(?:[ -]?\d{4}){2,3}[ -]?\d{0,3}(?![0-9A-Za-z])/g,
    context: /卡号|银行卡|card/i,
    may: ({ run }) => run >= 12,
  },
  {
    dataType: 'license_plate',
    validator: 'plate',
    find: /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][ ·]?[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])/g,
    context: /车牌|号牌|plate/i,
    may: ({ han }) => han > 0,
  },
];

const CONTEXT_LENGTH = 16;
/** Messages of mail are numbered in the form of an address (RFC 5322 section 3.6.4). */
const MAIL_NUMBER = /^(?:messageid|msgid|inreplyto|contentid)$/;
/** The login before the host of an address (RFC 3986 3.2.1), with the colon before its second part: `amqps://name:word@host`. */
const USERINFO = /\b(?!mailto|sips?|xmpp|sms)[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/?#@]{0,64}:$/i;
const LONGEST_USERINFO = 88;
const NONE: readonly Candidate[] = [];

/**
 * Hits within one text field. The whole value has been read before; this is for what stands among other words.
 * @param shape of the field's value, where it is known already.
 */
export function readEmbedded(
  field: Field,
  decoded: Decoded,
  known: ReadonlyMap<string, DataType>,
  shape: ValueShape = shapeOf(field.value),
): readonly Candidate[] {
  const text = field.value;
  if (text.length < 8 || field.kind !== 'string') return NONE;
  // Nothing to find without digits or an @; one word alone has been tested as a whole.
  if (shape.digits < 8 && !shape.at && shape.han === 0) return NONE;
  if (shape.other === 0 && shape.han === 0 && !shape.comma && !shape.colon && !shape.at) return NONE;
  const scanned = text.slice(0, limits.fieldText);
  const found: Candidate[] = [];
  for (const kind of KINDS) {
    const type = known.get(kind.dataType);
    const validator = validators.get(kind.validator);
    if (type === undefined || validator === undefined) continue;
    // The classes are those of the beginning: of a longer text they do not say what cannot be in it.
    if (text.length <= SHAPE_LENGTH && !kind.may(shape)) continue;
    if (kind.dataType === 'email' && MAIL_NUMBER.test(leafName(field.keys))) continue;
    for (const hit of scanned.matchAll(kind.find)) {
      if (found.length >= limits.embeddedHits) return withLimit(found);
      const value = hit[0];
      const start = hit.index;
      if (value.length === text.trim().length) continue;
      if (kind.dataType === 'email' && USERINFO.test(scanned.slice(Math.max(0, start - LONGEST_USERINFO), start))) continue;
      const passed = validator.check(value);
      if (!passed) continue;
      const before = scanned.slice(Math.max(0, start - CONTEXT_LENGTH), start);
      // Half of what stands behind the words may be a mailbox of a function: it stays a clue.
      const named = passed.passRate <= COMMON_PASS_RATE && kind.context.test(before);
      const alone = passed.passRate < limits.strongPassRate ? (type.detect.withoutKey ?? 'candidate') : 'candidate';
      const trace: TraceLine[] = [
        { rule: 'embedded', text: { zh: `文本第 ${start + 1} 个字符起`, en: `within a text, from character ${start + 1}` } },
        { rule: 'validator', text: passed.note },
      ];
      const isAuthors = kind.dataType === 'email' && (isOfAuthor(field.keys) || isCredited(scanned, start));
      if (isAuthors) trace.push(authorLine);
      else if (named) trace.push({ rule: 'context', text: { zh: '前文有相关字样', en: 'words before it say what it is' } });
      found.push({
        evidence: evidenceAt(field, decoded.direction, decoded.message, {
          dataType: kind.dataType,
          grade: isAuthors ? 'candidate' : named && alone === 'candidate' ? 'probable' : alone,
          detector: 'pattern',
          form: 'plain',
          value,
          span: [start, start + value.length],
          placeholder: passed.placeholder,
          trace,
        }),
        passRate: passed.passRate,
        keyLength: 0,
        preference: 3,
      });
    }
  }
  return found;
}

/** The last hit says that there are more; a list cut short in silence would read as a whole one. */
function withLimit(found: readonly Candidate[]): Candidate[] {
  const last = found[found.length - 1];
  if (last === undefined) return [];
  const more: TraceLine = {
    rule: 'limit-embedded-hits',
    text: {
      zh: `此文本命中超过 ${limits.embeddedHits} 处，其余未列出`,
      en: `more than ${limits.embeddedHits} hits in this text; the rest are not listed`,
    },
  };
  return [...found.slice(0, -1), { ...last, evidence: { ...last.evidence, trace: [...last.evidence.trace, more] } }];
}
