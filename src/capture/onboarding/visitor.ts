/** Who opens the page: language and kind of phone. Headers are compared, never shown; of a model only plain letters get through. */
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

/** What a phone's maker writes between the system and the end of the comment: letters, digits, and few signs. */
const MODEL = /^[\p{L}\d][\p{L}\d ._+()-]{1,39}$/u;

/**
 * Model and system, as a browser names them: `Pixel 8 · Android 14`, `iPhone · iOS 17.4`. Newer browsers write `Android 10; K` whatever
 * the phone is (reduced User-Agent); then it is just `Android`.
 * @returns null where it is no phone, or none that we can name.
 */
export function readModel(userAgent: string | undefined): string | null {
  const agent = userAgent ?? '';
  const [, apple, ios] = /\((iPhone|iPad|iPod)[^)]*? OS (\d+(?:_\d+){0,2})/.exec(agent) ?? [];
  if (apple !== undefined && ios !== undefined) return `${apple} · iOS ${ios.replaceAll('_', '.')}`;
  const platform = readPlatform(agent);
  if (platform !== 'android' && platform !== 'harmony') return null;
  const parts = (/\(([^)]*(?:\([^)]*\)[^)]*)*)\)/.exec(agent)?.[1] ?? '').split(';').map((part) => part.trim());
  const version = parts.flatMap((part) => /^(?:Android|OpenHarmony|HarmonyOS) (\d+(?:\.\d+){0,2})$/.exec(part)?.[1] ?? [])[0];
  const model = parts
    .filter((part) => !/^(?:Linux|U|wv|K|Phone|Tablet|Android.*|(?:Open)?Harmony.*|HMSCore.*|[a-z]{2}(?:-[A-Za-z]{2,4})?)$/i.test(part))
    .map((part) => part.replace(/ Build\/.*$/, ''))
    .find((part) => MODEL.test(part));
  const reduced = parts.includes('K');
  const system = platform === 'harmony' ? 'HarmonyOS' : 'Android';
  // A HarmonyOS 2–4 browser gives the version of the Android below it.
  const dated =
    reduced || version === undefined || (platform === 'harmony' && !/OpenHarmony/.test(agent)) ? system : `${system} ${version}`;
  return model === undefined ? dated : `${model} · ${dated}`;
}

/** `in_app`: a browser inside another app, which saves no files for the system's installer; scanners open links in it. */
export type Browser = 'safari' | 'in_app' | 'other';

/** The browser by its User-Agent. What is not known is `other`: it can save a file. */
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
