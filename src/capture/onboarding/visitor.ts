/** Who opens the page: language and kind of phone, from headers that are only ever compared, never shown. */
import type { Language } from '../../model/text.js';

export type Platform = 'ios' | 'android' | 'harmony' | 'other';

/** zh-CN first: the asked-for language, then the browser's, then Chinese. */
export function chooseLanguage(asked: string | null, acceptLanguage: string | undefined): Language {
  if (asked === 'en') return 'en';
  if (asked?.startsWith('zh')) return 'zh-CN';
  const first = /^\s*([a-z]+)/i.exec(acceptLanguage ?? '')?.[1]?.toLowerCase();
  return first === undefined || first === 'zh' ? 'zh-CN' : 'en';
}

/** HarmonyOS browsers name Android, too, for compatibility, so they are looked for first. */
export function readPlatform(userAgent: string | undefined): Platform {
  const agent = userAgent ?? '';
  if (/HarmonyOS|OpenHarmony|ArkWeb/i.test(agent)) return 'harmony';
  if (/iPhone|iPad|iPod/i.test(agent)) return 'ios';
  if (/Android/i.test(agent)) return 'android';
  return 'other';
}
