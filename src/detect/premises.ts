import type { TraceLine } from '../model/finding.js';
import { leafName, leafWords, tokensOf } from './keys.js';

/**
 * Places that are open to the public. Where a shop stands and which number it answers is printed in the app for everybody: what comes
 * back in a request (`storeLat`, `hospitalTel`, `poi: { address }`) tells nothing of who sends it.
 */
const PREMISES = new Set(
  (
    'shop store storefront branch outlet warehouse depot merchant poi hospital clinic pharmacy hotel restaurant mall market supermarket station site server ' +
    'scenic venue stadium cinema theater theatre gym dealer locker seller supplier vendor park parking carpark supercharger evse museum library attraction landmark cafe mendian dianpu shangjia wangdian yiyuan jiudian cangku ' +
    '门店 店铺 商家 商户 网点 医院 酒店 仓库 餐厅 景点 站点'
  ).split(' '),
);
/** Objects that only hold the parts of a place or of a contact: whose they are, the object around them says. */
const PARTS =
  /^(?:loc|location|gps|geo|geopoint|point|position|pos|coord|coords|coordinate|coordinates|lnglat|latlng|address|addr|contact|info|detail|details|data|ext)$/;
/** Said of the person in the place: `storeUserPhone`, `hotelGuestTel`; and of a trip, which begins or ends there. */
const PERSON =
  /^(?:user|usr|my|self|customer|member|guest|buyer|receiver|recipient|consignee|patient|passenger|owner|boss|legal|manager|contact|linkman|applicant|start|end|from|to|origin|dest|destination|depart|departure|arrive|arrival|dep|arr|pickup|dropoff)$/;
/** What else a word of a place is, next to its noun: `poiLat` is what an app calls where its user stands. */
const CHOSEN = new Set(['poi']);
/** `poiPhone` is the number of the place all the same. */
const ANSWERED = /^(?:phone|tel|telephone|mobile|hotline)$/;
const MOST_PARTS = 3;

/**
 * Whether the names speak of a place of business: a word of it before the noun, or the object that holds the field.
 * @param keys names on the way to the field, outermost first, its own last.
 */
export function isOfPremises(keys: readonly string[]): boolean {
  const own = leafWords(keys);
  if (own.some((word) => PERSON.test(word))) return false;
  const isAnswered = ANSWERED.test(own.at(-1) ?? '');
  if (own.slice(0, -1).some((word) => isPlaceWord(word) && (isAnswered || !CHOSEN.has(word))) || isGrown(own[0] ?? '')) return true;
  let index = keys.length - 2;
  for (let parts = 0; parts < MOST_PARTS && index >= 0 && PARTS.test(leafName(keys.slice(0, index + 1))); parts++) index--;
  const holder = tokensOf(keys[index] ?? '');
  return holder.some(isPlaceWord) && !holder.some((word) => PERSON.test(word));
}

function isPlaceWord(word: string): boolean {
  return (
    PREMISES.has(word) ||
    PREMISES.has(word.replace(/ies$/, 'y')) ||
    PREMISES.has(word.replace(/e?s$/, '')) ||
    PREMISES.has(word.replace(/s$/, ''))
  );
}

/** `门店电话`: Chinese names have no blanks. */
function isGrown(word: string): boolean {
  return /^[\u3400-\u9fff]{4,}$/.test(word) && PREMISES.has(word.slice(0, 2));
}

/** Said in the trace of whatever is only a clue for it. */
export const premisesLine: TraceLine = {
  rule: 'doubt-premises',
  text: {
    zh: '名称说明是门店、医院等对外场所的信息，不是使用者本人的',
    en: 'the name says that it belongs to a place open to the public, a shop or a hospital, and not to who sends it',
  },
};
