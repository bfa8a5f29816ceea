import type { CheckFunction } from '../check.js';
import { coverageOf } from '../inventory.js';
import { named, receiverOf, timesOf } from '../wording.js';

export const check: CheckFunction = ({ facts, dataType, family, party, subject }) => {
  if (subject.declared === null) return null;
  const coverage = coverageOf(subject.declared, dataType.id, family, party, subject.firstPartyDomains.length > 0);
  if (coverage === 'declared' || coverage === 'open') return null;
  const times = timesOf({ count: facts.count, first: facts.first });
  const receiver = receiverOf(party);
  return coverage === 'type'
    ? {
        zh: `声明清单中没有${named(dataType).zh}，实际发往${receiver.zh}（${times.zh}）。`,
        en: `${named(dataType).en} is not in the declared inventory; it was sent to ${receiver.en} (${times.en}).`,
      }
    : {
        zh: `声明清单列有${named(dataType).zh}，但没有列出接收方${receiver.zh}（${times.zh}）。`,
        en: `The declared inventory has ${named(dataType).en}, but not ${receiver.en} as its receiver (${times.en}).`,
      };
};
