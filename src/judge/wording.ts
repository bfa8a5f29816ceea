import type { Party } from '../model/party.js';
import { purposeWords } from '../model/purpose-words.js';
import type { Category, DataType, Pack } from '../model/rulebook.js';
import { type Bilingual, chineseNumber } from '../model/text.js';
import type { Tally } from './facts.js';

/** `5(2)` for an item of the official text; `acme-policy(40)` for a category that a user's own pack wrote. */
export function articleOf(category: Category): string {
  return category.policy?.removed === null ? `${category.policy.pack}(${category.no})` : `5(${category.no})`;
}

/** As the judge cites them; null: no category was chosen. */
export function articlesOf(categories: readonly Category[]): string | null {
  return categories.length === 0 ? null : categories.map(articleOf).join(', ');
}

/** 第五条第（二）项 / art. 5(2). */
export function provisionOf(category: Category): Bilingual {
  if (category.policy?.removed === null)
    return { zh: `规则包 ${category.policy.pack} 第 ${category.no} 项`, en: `pack ${category.policy.pack}, item ${category.no}` };
  const zh = `第五条第（${chineseNumber(category.no)}）项`;
  const en = `art. 5(${category.no})`;
  // Its items are in the words of the pack: they must not read like a quotation of the law.
  return category.policy
    ? { zh: `${zh}，经规则包 ${category.policy.pack} 收紧`, en: `${en} as tightened by pack ${category.policy.pack}` }
    : { zh, en };
}

/** 「网上购物类」（第五条第（六）项）, several joined. */
export function listsOf(categories: readonly Category[]): Bilingual {
  return {
    zh: categories.map((category) => `「${category.name.zh}」（${provisionOf(category).zh}）`).join('、'),
    en: categories.map((category) => `"${category.name.en}" (${provisionOf(category).en})`).join(', '),
  };
}

/** The title of a regulation, as it is quoted. */
export function packName(pack: Pack): Bilingual {
  return { zh: `《${pack.title.zh}》`, en: pack.title.en };
}

/** Receiver as people name it: company, SDK and purpose where known, else the host. */
export function receiverOf(party: Party): Bilingual {
  if (party.company === null) return { zh: party.host, en: party.host };
  const purpose = party.purpose === null || party.purpose === 'first_party' ? null : purposeWords(party.purpose);
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

/** A data type in the marks of its language. */
export function named(dataType: DataType): Bilingual {
  return { zh: `「${dataType.name.zh}」`, en: `"${dataType.name.en}"` };
}
