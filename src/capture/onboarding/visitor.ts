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

/** `in_app`: a browser inside another app, which saves no files for the system's installer; scanners open links in it. */
export type Browser = 'safari' | 'in_app' | 'other';

export function readBrowser(userAgent: string | undefined): Browser {
  const agent = userAgent ?? '';
  if (/MicroMessenger|\bQQ\/|QQTheme|Weibo|AlipayClient|AliApp|DingTalk|Lark|Feishu|baiduboxapp|aweme|xiaohongshu/i.test(agent))
    return 'in_app';
  // Other browsers of iOS name Safari, too, and themselves before it.
  if (
    /iPhone|iPad|iPod/i.test(agent) &&
    /Version\/[\d.]+.*Safari\//.test(agent) &&
    !/CriOS|FxiOS|EdgiOS|OPiOS|MQQBrowser|UCBrowser|Quark/.test(agent)
  )
    return 'safari';
  return 'other';
}
