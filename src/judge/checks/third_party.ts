import type { CheckFunction } from '../check.js';
import { named, receiverOf, timesOf } from '../wording.js';

/** Only receivers known to be somebody else's; unknown hosts are not accused (pitfall 18). */
export const check: CheckFunction = ({ facts, dataType, party }) => {
  if (party.firstParty !== false) return null;
  const times = timesOf({ count: facts.count, first: facts.first });
  const receiver = receiverOf(party);
  return {
    zh: `客户端把${named(dataType).zh}直接发往第三方${receiver.zh}（${times.zh}）。须核对：是否已告知并取得同意，还是委托处理。`,
    en: `The client sends ${named(dataType).en} directly to a third party, ${receiver.en} (${times.en}). To be checked: told and consented to, or processed on the operator's behalf.`,
  };
};
