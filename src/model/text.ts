/** Text for people. zh-CN is the first language of page and report. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

export type Language = 'zh-CN' | 'en';

export function inLanguage(text: Bilingual, language: Language): string {
  return language === 'en' ? text.en : text.zh;
}
