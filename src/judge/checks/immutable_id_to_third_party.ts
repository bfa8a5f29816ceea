import type { CheckFunction } from '../check.js';
import { named, receiverOf, timesOf } from '../wording.js';

/** Pitfall 12: identifiers are on no list, yet not all equal. One that the user cannot reset follows the device for life. */
export const check: CheckFunction = ({ facts, dataType, party }) => {
  if (party.firstParty !== false || dataType.identifier !== 'immutable') return null;
  const times = timesOf({ count: facts.count, first: facts.first });
  const receiver = receiverOf(party);
  return {
    zh: `${named(dataType).zh}是用户无法重置的设备标识，发往第三方${receiver.zh}（${times.zh}）。`,
    en: `${named(dataType).en} is a device identifier that the user cannot reset; it was sent to a third party, ${receiver.en} (${times.en}).`,
  };
};
