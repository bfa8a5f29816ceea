import type { CheckFunction } from '../check.js';
import { named, receiverOf, timesOf } from '../wording.js';

/**
 * Where an address is registered is a hint, not proof: CDN and anycast addresses mislead (facts, 4d). What chapter III of PIPL
 * calls 境外 is taken as outside the mainland, Hong Kong, Macao and Taiwan included; who is right about a case is for a person.
 */
export const check: CheckFunction = ({ facts, dataType, party, places }) => {
  const { country, countryAsOf } = party;
  if (country === null || country === 'CN') return null;
  const times = timesOf({ count: facts.count, first: facts.first });
  const receiver = receiverOf(party);
  const place = places[country] ?? { zh: country, en: country };
  const zh = [country, ...(countryAsOf === undefined ? [] : [`登记表日期 ${countryAsOf}`])].join('，');
  const en = [country, ...(countryAsOf === undefined ? [] : [`table of ${countryAsOf}`])].join(', ');
  return {
    zh: `${named(dataType).zh}发往${receiver.zh}，所用地址登记在中国大陆以外：${place.zh}（${zh}）；${times.zh}。这是线索：登记地不等于服务器所在地，是否向境外提供须由人核对。`,
    en: `${named(dataType).en} was sent to ${receiver.en} at an address registered outside mainland China: ${place.en} (${en}); ${times.en}. A hint: where an address is registered is not where the server stands, and whether anything was provided abroad is for a person to find out.`,
  };
};
