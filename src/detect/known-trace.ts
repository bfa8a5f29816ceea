import type { TraceLine } from '../model/finding.js';
import type { Bilingual } from '../model/text.js';
import type { KnownDigest, MadeDigest } from './digest.js';

/** Names a value of the persona without showing it: type and position in its list. */
export interface ValueName {
  readonly type: string;
  readonly name: Bilingual;
  /** From 1. */
  readonly ordinal: number;
}

/** Names of writings and encodings in words; one that is a name of its own (base64, GBK, BCD, MD5) stands as it is. */
const FORM_WORDS: Readonly<Record<string, Bilingual>> = {
  plain: { zh: '原样', en: 'as it is' },
  separators: { zh: '分隔符不同', en: 'other separators' },
  'country-code': { zh: '带国家代码', en: 'with the country code' },
  'without-check-digit': { zh: '不含校验位', en: 'without the check digit' },
  'byte-reversed': { zh: '字节倒序', en: 'bytes reversed' },
  reversed: { zh: '倒序', en: 'reversed' },
  hex: { zh: '十六进制', en: 'hex' },
  percent: { zh: '百分号编码', en: 'percent-encoded' },
  'percent-twice': { zh: '两次百分号编码', en: 'percent-encoded twice' },
  'unicode-escape': { zh: 'Unicode 转义', en: 'Unicode escapes' },
  'html-entity': { zh: 'HTML 实体', en: 'HTML entities' },
  'byte-list': { zh: '字节列表', en: 'a list of bytes' },
  octal: { zh: '八进制', en: 'octal' },
  bits: { zh: '二进制', en: 'bits' },
  digits: { zh: '其他字形的数字', en: 'digits of another script' },
  letters: { zh: '以字母代数字', en: 'letters for digits' },
  'nibbles-swapped': { zh: '半字节互换', en: 'half bytes swapped' },
  'raw-bytes': { zh: '原始字节', en: 'raw bytes' },
  parts: { zh: '拆成几段', en: 'in parts' },
  masked: { zh: '已遮盖', en: 'masked' },
};

/** `country-code+base64` as people read it. */
function formWords(form: string, language: 'zh' | 'en'): string {
  return form
    .split('+')
    .map((part) => FORM_WORDS[part]?.[language] ?? part)
    .join(language === 'zh' ? '、' : ', ');
}

/** @param form how the value was written there. */
export function traceKnown(value: ValueName, form: string): TraceLine {
  return {
    rule: 'known-value',
    text: {
      zh: `与测试人物中“${value.name.zh}”的第 ${value.ordinal} 个值一致，写法：${formWords(form, 'zh')}。`,
      en: `Equals value ${value.ordinal} of "${value.name.en}" in the persona; written as: ${formWords(form, 'en')}.`,
    },
  };
}

/** Digests that are no hash function's own. */
const DIGEST_WORDS: Readonly<Record<string, Bilingual>> = {
  'md5-16': { zh: 'md5-16 为 MD5 十六进制的第 9 至 24 位', en: 'md5-16 is digits 9 to 24 of the MD5 in hex' },
  'md5-uuid': { zh: 'md5-uuid 为写成 UUID 的 MD5（第 3 版，RFC 9562）', en: 'md5-uuid is the MD5 as a UUID of version 3 (RFC 9562)' },
};

/** How to make a digest again, as far as its name does not say it. */
function recipeWords({ form, recipe }: Pick<KnownDigest, 'form' | 'recipe'>, language: 'zh' | 'en'): readonly string[] {
  const say = (zh: string, en: string) => (language === 'zh' ? zh : en);
  const own = DIGEST_WORDS[/^[^+(]*/.exec(form)?.[0] ?? ''];
  const salt = /salt(\d+)/.exec(recipe ?? '')?.[1];
  return [
    ...(own === undefined ? [] : [own[language]]),
    ...(recipe === null ? [] : [say(`算法：${recipe}，x 为该值`, `made as ${recipe}, x being the value`)]),
    ...(recipe?.includes('(x)') ? [say('内层摘要写作小写十六进制', 'an inner digest in lower-case hex')] : []),
    ...(salt === undefined
      ? []
      : [say(`salt${salt} 为测试人物 salts 的第 ${salt} 项`, `salt${salt} is entry ${salt} of the persona's salts`)]),
  ];
}

/** @param digest the one that was found, with all that is needed to make it again from the persona. */
export function traceDigest(value: ValueName, digest: MadeDigest): TraceLine {
  const { form } = digest;
  const { zh, en } = makingOf(digest);
  return {
    rule: 'digest',
    text: {
      zh: `等于测试人物中“${value.name.zh}”第 ${value.ordinal} 个值的 ${form} 摘要（${zh}）。`,
      en: `Equals the ${form} digest of value ${value.ordinal} of "${value.name.en}" in the persona (${en}).`,
    },
  };
}

/** How to make a digest again from the value. */
export function makingOf(digest: MadeDigest): Bilingual {
  const { writing, notation } = digest;
  const like =
    notation === null ? { zh: '', en: '' } : { zh: `，形如 ${notation}，# 为一位数字`, en: `, like ${notation} with # for a digit` };
  return {
    zh: [`摘要前的写法：${formWords(writing, 'zh')}${like.zh}`, ...recipeWords(digest, 'zh')].join('；'),
    en: [`written before hashing as: ${formWords(writing, 'en')}${like.en}`, ...recipeWords(digest, 'en')].join('; '),
  };
}

/** @param count of the leaves in which the value was sent. */
export function traceParts(count: number): TraceLine {
  return {
    rule: 'known-value-parts',
    text: {
      zh: `该值分成 ${count} 段，放在从此处起相邻的 ${count} 个字段中；首尾相接即为完整的值。`,
      en: `It was sent in ${count} parts, in fields next to each other of which this is the first; joined they are the whole value.`,
    },
  };
}

/** Only the ends of the value show. */
export function traceMasked(value: ValueName): TraceLine {
  return {
    rule: 'known-value-masked',
    text: {
      zh: `遮盖后的值：露出的首尾与测试人物中“${value.name.zh}”的第 ${value.ordinal} 个值相同；中间部分看不到，因此只能判为“很可能”。`,
      en: `A masked value: the ends that show equal those of value ${value.ordinal} of "${value.name.en}" in the persona. The middle is not seen, hence only probable.`,
    },
  };
}

const DATUM_NAMES = { wgs84: 'WGS-84', gcj02: 'GCJ-02', bd09: 'BD-09' } as const;

/** @param scale 1, or what degrees were multiplied by to send them as whole numbers. */
export function tracePlace(value: ValueName, datum: keyof typeof DATUM_NAMES, decimals: number, scale: number): TraceLine {
  const integers = scale === 1 ? { zh: '', en: '' } : { zh: `，以 ${scale} 倍整数发送`, en: `, sent as integers times ${scale}` };
  return {
    rule: 'known-place',
    text: {
      zh: `坐标与测试人物中“${value.name.zh}”的第 ${value.ordinal} 个位置相符（坐标系 ${DATUM_NAMES[datum]}，${decimals} 位小数${integers.zh}）。`,
      en: `The coordinates match place ${value.ordinal} of "${value.name.en}" in the persona (datum ${DATUM_NAMES[datum]}, ${decimals} decimals${integers.en}).`,
    },
  };
}

/** Why this many decimals count as coarse or precise. A degree of latitude is 111 km. */
export function tracePrecision(decimals: number): TraceLine {
  return decimals <= 2
    ? {
        rule: 'precision-coarse',
        text: {
          zh: `只有 ${decimals} 位小数，约一公里见方，按粗略位置计。`,
          en: `Only ${decimals} decimals, about a kilometre: counted as coarse location.`,
        },
      }
    : {
        rule: 'precision-precise',
        text: {
          zh: `${decimals} 位小数，误差约 ${decimals === 3 ? '一百' : '十'}米以内，足以指认楼宇，按精准位置计。`,
          en: `${decimals} decimals, within about ${decimals === 3 ? '100' : '10'} metres, enough to name a building: counted as precise location.`,
        },
      };
}

/** Why a value that proves little alone counts. @param common a word that stands anywhere; otherwise the value is short. */
export function traceLeafOnly(common: boolean): TraceLine {
  return common
    ? {
        rule: 'whole-leaf-with-key',
        text: {
          zh: '这个值很常见，单凭相等不能认定；字段名同属该类，整个字段与之相等，因此判为“很可能”。',
          en: 'The value is a common one and proves nothing alone; the whole field equals it under a key of that type, hence probable.',
        },
      }
    : {
        rule: 'whole-leaf-with-key',
        text: {
          zh: '这个值较短，只在整个字段相等且字段名同属该类时认定。',
          en: 'The value is short: it counts only because the whole field equals it under a key of that type.',
        },
      };
}

/** Why a whole field is no more than probable. */
export function traceLeafWithoutKey(): TraceLine {
  return {
    rule: 'whole-leaf',
    text: {
      zh: '整个字段与该值相等，但字段名没有说明是什么，因此判为“很可能”。',
      en: 'The whole field equals the value, but its name does not say what it is, hence probable.',
    },
  };
}

/** @param whole the field holds nothing else. */
export function traceExtent(whole: boolean): TraceLine {
  return whole
    ? { rule: 'whole-leaf', text: { zh: '整个字段就是这个值。', en: 'The field holds this value and nothing else.' } }
    : {
        rule: 'part-of-leaf',
        text: {
          zh: '该值是字段内容的一部分，两侧没有同类字符相连。',
          en: 'The value is a part of the field; no character of its kind touches it on either side.',
        },
      };
}

/** Seven to nine digits, said with either grade. */
export function traceShortNumber(): TraceLine {
  return {
    rule: 'short-number',
    text: {
      zh: '这个号码不足十位，大量数字中可能偶然出现；字段名同属该类时认定，否则只判为“很可能”。',
      en: 'A number of fewer than ten digits can occur by chance among many: confirmed under a key of its type, otherwise only probable.',
    },
  };
}

/** Why a name among other words is no more than probable under any other key. */
export function traceShortName(): TraceLine {
  return {
    rule: 'short-name',
    text: {
      zh: '同名的可能另有其人或其物；字段名同属该类时认定，否则只判为“很可能”。',
      en: 'Somebody or something else may have the same name: confirmed under a key of its type, otherwise only probable.',
    },
  };
}

/** A place is the name of a field, not its value. */
export function traceInName(): TraceLine {
  return {
    rule: 'in-name',
    text: {
      zh: '坐标写在字段名里，而不是字段的值里。',
      en: 'The coordinates stand in the name of a field, not in its value.',
    },
  };
}

/** The bytes hold the value where no field does. */
export function traceLayer(): TraceLine {
  return {
    rule: 'outside-fields',
    text: {
      zh: '在原始字节中找到，不属于任何已解析的字段。',
      en: 'Found in the raw bytes, outside every decoded field.',
    },
  };
}

/** @param other value that lies within the one that was found. */
export function traceContained(other: ValueName): TraceLine {
  return {
    rule: 'contains',
    text: {
      zh: `其中还包含“${other.name.zh}”的第 ${other.ordinal} 个值，未单独列出。`,
      en: `It also contains value ${other.ordinal} of "${other.name.en}", which is not listed separately.`,
    },
  };
}

/** @param other value of the persona that is written alike. */
export function traceAlso(other: ValueName): TraceLine {
  return {
    rule: 'same-value',
    text: {
      zh: `测试人物中“${other.name.zh}”的第 ${other.ordinal} 个值与它相同；按字段名和人物中的顺序归为本类。`,
      en: `Value ${other.ordinal} of "${other.name.en}" in the persona is the same; key name and persona order decided for this type.`,
    },
  };
}

/** `limits.knownEvidence` was reached; said on the last piece that was kept. */
export function traceLimit(found: number): TraceLine {
  return {
    rule: 'limit-known-evidence',
    text: {
      zh: `该消息中共有 ${found} 处已知值，其余未列出。`,
      en: `The message holds ${found} known values in all; the rest is not listed.`,
    },
  };
}
