import type { Party } from '../model/party.js';
import type { Category, DataType, Pack } from '../model/rulebook.js';
import { type Bilingual, chineseNumber } from '../model/text.js';
import type { Tally } from './facts.js';

/** `5(2)` for an item of the official text; `acme-policy(40)` for a category that a user's own pack wrote. */
export function articleOf(category: Category): string {
  return category.policy?.removed === null ? `${category.policy.pack}(${category.no})` : `5(${category.no})`;
}

export function articlesOf(categories: readonly Category[]): string | null {
  return categories.length === 0 ? null : categories.map(articleOf).join(', ');
}

/** 第五条第（二）项 / art. 5(2). */
export function provisionOf(category: Category): Bilingual {
  if (category.policy?.removed === null)
    return { zh: `规则包 ${category.policy.pack} 第 ${category.no} 项`, en: `pack ${category.policy.pack}, item ${category.no}` };
  return { zh: `第五条第（${chineseNumber(category.no)}）项`, en: `art. 5(${category.no})` };
}

/** 「网上购物类」（第五条第（六）项）, several joined. */
export function listsOf(categories: readonly Category[]): Bilingual {
  return {
    zh: categories.map((category) => `「${category.name.zh}」（${provisionOf(category).zh}）`).join('、'),
    en: categories.map((category) => `"${category.name.en}" (${provisionOf(category).en})`).join(', '),
  };
}

export function packName(pack: Pack): Bilingual {
  return { zh: `《${pack.title.zh}》`, en: pack.title.en };
}

/** Purposes as rules/parties writes them; one that is not here is shown as its id. */
const PURPOSES: Readonly<Record<string, Bilingual>> = {
  ads: { zh: '广告', en: 'advertising' },
  analytics: { zh: '统计分析', en: 'analytics' },
  attribution: { zh: '渠道归因', en: 'attribution' },
  av: { zh: '音视频', en: 'audio and video' },
  cdn: { zh: '内容分发', en: 'content delivery' },
  cloud: { zh: '云服务', en: 'cloud' },
  content: { zh: '内容服务', en: 'content' },
  crash: { zh: '崩溃监控', en: 'crash reports' },
  customer_service: { zh: '客服', en: 'customer service' },
  im: { zh: '即时通信', en: 'messaging' },
  login: { zh: '登录', en: 'login' },
  map: { zh: '地图定位', en: 'maps' },
  os: { zh: '手机系统', en: 'operating system' },
  payment: { zh: '支付', en: 'payment' },
  platform: { zh: '平台', en: 'platform' },
  push: { zh: '推送', en: 'push' },
  risk: { zh: '风控', en: 'risk control' },
  search: { zh: '搜索', en: 'search' },
  social: { zh: '社交', en: 'social' },
  store: { zh: '应用商店', en: 'app store' },
};

/** Receiver as people name it: company, SDK and purpose where known, else the host. */
export function receiverOf(party: Party): Bilingual {
  if (party.company === null) return { zh: party.host, en: party.host };
  const purpose =
    party.purpose === null || party.purpose === 'first_party'
      ? null
      : (PURPOSES[party.purpose] ?? { zh: party.purpose, en: party.purpose });
  const zh = [party.sdk, purpose?.zh].filter(Boolean).join('，');
  const en = [party.sdk, purpose?.en].filter(Boolean).join(', ');
  return { zh: `${party.company.zh}${zh === '' ? '' : `（${zh}）`}`, en: `${party.company.en}${en === '' ? '' : ` (${en})`}` };
}

/** How often, and where first: a number a reader can look up in the request list. */
export function timesOf(tally: Tally): Bilingual {
  return {
    zh: `${tally.count} 处，首见于请求 #${tally.first.exchange}`,
    en: `${tally.count} ${tally.count === 1 ? 'place' : 'places'}, first in exchange #${tally.first.exchange}`,
  };
}

export function named(dataType: DataType): Bilingual {
  return { zh: `「${dataType.name.zh}」`, en: `"${dataType.name.en}"` };
}

export function joined(...parts: readonly Bilingual[]): Bilingual {
  return { zh: parts.map((part) => part.zh).join(''), en: parts.map((part) => part.en).join(' ') };
}
