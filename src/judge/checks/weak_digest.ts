import type { CheckFunction } from '../check.js';
import { named, receiverOf, timesOf } from '../wording.js';

/**
 * All mainland mobile numbers can be counted through in minutes; a digest of one is a number written differently (pitfall 14).
 * Which types have so few values is in the check's scope. Salted and keyed digests do not come here (facts.ts).
 */
export const check: CheckFunction = ({ facts, dataType, party }) => {
  if (facts.digest === null) return null;
  const [times, receiver] = [timesOf(facts.digest), receiverOf(party)];
  const forms = [...facts.digestForms].sort().join(', ');
  return {
    zh: `${named(dataType).zh}以 ${forms} 摘要发往${receiver.zh}（${times.zh}）。取值范围小，可逐一比对还原，摘要不是匿名化，仍是个人信息。`,
    en: `${named(dataType).en} was sent to ${receiver.en} as a digest, ${forms} (${times.en}). There are few enough values to try them all: a digest is not anonymisation, it stays personal information.`,
  };
};
