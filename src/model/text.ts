/** Text for people. zh-CN is the first language of page and report. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

export type Language = 'zh-CN' | 'en';

/** The text in that language. */
export function inLanguage(text: Bilingual, language: Language): string {
  return language === 'en' ? text.en : text.zh;
}

/** By code unit, never by locale: the same rules and the same record give the same bytes on every machine. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Sentences one behind the other; only English sets them apart. */
export function joined(...parts: readonly Bilingual[]): Bilingual {
  return { zh: parts.map((part) => part.zh).join(''), en: parts.map((part) => part.en).join(' ') };
}

const DIGITS = '零一二三四五六七八九';

/** 1 to 99 as the text itself numbers its items: 二, 十二, 三十九. */
export function chineseNumber(n: number): string {
  if (n < 10) return DIGITS[n] ?? String(n);
  if (n > 99) return String(n);
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  return `${tens === 1 ? '' : DIGITS[tens]}十${ones === 0 ? '' : DIGITS[ones]}`;
}
