/**
 * Which app on the phone sent a request, as far as the request itself says. A mini program is an app of its own under the 2021
 * rule (art. 2), so its traffic is told from that of the app it runs in; its host platform sets a Referer that the page inside
 * cannot change.
 */
import type { Headers } from '../../model/exchange.js';

export interface AttributedApp {
  /** Stable: `wechat:wx0123456789abcdef`, or the package name of an Android app. */
  readonly id: string;
  readonly kind: 'mini_program' | 'app';
  readonly label: string;
}

interface Platform {
  readonly id: string;
  readonly name: string;
  /** Group 1 is the mini program's id. The shapes are those that the platforms document for their own request APIs. */
  readonly referer: RegExp;
}

const PLATFORMS: readonly Platform[] = [
  // https://servicewechat.com/{appid}/{version}/page-frame.html
  { id: 'wechat', name: '微信小程序', referer: /^https:\/\/servicewechat\.com\/(wx[0-9a-f]{16})\//i },
  // https://appservice.qq.com/{appid}/{version}/page-frame.html
  { id: 'qq', name: 'QQ 小程序', referer: /^https:\/\/appservice\.qq\.com\/(\d{6,12})\//i },
  // https://{appid}.hybrid.alipay-eco.com/{appid}/{version}/index.html
  { id: 'alipay', name: '支付宝小程序', referer: /^https:\/\/(\d{16})\.hybrid\.alipay-eco\.com(?:\/|$)/i },
  // https://smartapps.cn/{appkey}/{version}/page-frame.html (older: smartapp.baidu.com)
  { id: 'baidu', name: '百度小程序', referer: /^https:\/\/(?:smartapps\.cn|smartapp\.baidu\.com)\/([A-Za-z0-9]{16,40})\//i },
  // https://tmaservice.developer.toutiao.com/?appid={appid}&version={version}
  {
    id: 'douyin',
    name: '抖音小程序',
    referer: /^https:\/\/(?:tmaservice|tmaservice-sg)\.developer\.toutiao\.com\/?\?(?:[^#]*&)?appid=(tt[0-9a-f]{16,20})(?:&|$)/i,
  },
];

function headerValue(headers: Headers, name: string): string | null {
  return headers.find(([header]) => header.toLowerCase() === name)?.[1] ?? null;
}

/** An Android package: at least two parts (developer.android.com, "Set the application ID"). */
export const PACKAGE = /^[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)+$/;

/**
 * @param headers of the request, names in any case.
 * @param url of the request; a mini program's own service pages are its traffic, too.
 * @returns null where the request does not say.
 */
export function attributeApp(headers: Headers, url: string): AttributedApp | null {
  const referer = headerValue(headers, 'referer');
  for (const platform of PLATFORMS) {
    const id = (referer === null ? null : platform.referer.exec(referer)?.[1]) ?? platform.referer.exec(url)?.[1];
    if (id !== undefined && id !== null) return { id: `${platform.id}:${id}`, kind: 'mini_program', label: `${platform.name} ${id}` };
  }
  // Android's WebView names its app here; browsers' and scripts' own use of the header (`XMLHttpRequest`) has no dot.
  const requestedWith = headerValue(headers, 'x-requested-with')?.trim() ?? '';
  return requestedWith.length <= 200 && PACKAGE.test(requestedWith) ? { id: requestedWith, kind: 'app', label: requestedWith } : null;
}
