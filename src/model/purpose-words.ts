import type { Bilingual } from './text.js';

/** By the word that `rules/parties` uses: what a receiver is there for, in the judge's reasons, in reports and in the page. */
const WORDS: ReadonlyMap<string, Bilingual> = new Map(
  Object.entries({
    first_party: { zh: '自有服务', en: 'own service' },
    ads: { zh: '广告', en: 'advertising' },
    analytics: { zh: '统计分析', en: 'analytics' },
    attribution: { zh: '渠道归因', en: 'attribution' },
    av: { zh: '音视频', en: 'audio and video' },
    cdn: { zh: '内容分发', en: 'content delivery' },
    cloud: { zh: '云服务', en: 'cloud' },
    content: { zh: '内容服务', en: 'content' },
    crash: { zh: '崩溃与性能监控', en: 'crash and performance' },
    customer_service: { zh: '客服', en: 'customer service' },
    im: { zh: '即时通信', en: 'messaging' },
    login: { zh: '登录认证', en: 'login' },
    map: { zh: '地图定位', en: 'maps' },
    os: { zh: '手机系统', en: 'operating system' },
    payment: { zh: '支付', en: 'payment' },
    platform: { zh: '平台服务', en: 'platform' },
    push: { zh: '消息推送', en: 'push' },
    risk: { zh: '风控', en: 'risk control' },
    search: { zh: '搜索', en: 'search' },
    social: { zh: '社交与分享', en: 'social and sharing' },
    store: { zh: '应用分发', en: 'app store' },
  }),
);

/** A purpose as people call it; one nobody has named yet reads as it stands in the rules. */
export function purposeWords(purpose: string): Bilingual {
  return WORDS.get(purpose) ?? { zh: purpose, en: purpose };
}
