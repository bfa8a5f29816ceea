import type { CheckFunction } from '../check.js';
import { named, receiverOf, timesOf } from '../wording.js';

/**
 * Where an address is registered is evidence of a transfer abroad, not proof: CDN and anycast addresses mislead (facts, 4d).
 * "Abroad" is outside the mainland: PIPL chapter III speaks of 境外.
 */
export const check: CheckFunction = ({ facts, dataType, party }) => {
  if (party.country === null || party.country === 'CN') return null;
  const times = timesOf({ count: facts.count, first: facts.first });
  const receiver = receiverOf(party);
  return {
    zh: `${named(dataType).zh}发往${receiver.zh}，其地址登记在 ${party.country}（${times.zh}）。登记地不等于实际所在地，须核对。`,
    en: `${named(dataType).en} was sent to ${receiver.en}, whose address is registered in ${party.country} (${times.en}). Where an address is registered is not proof of where the server stands.`,
  };
};
