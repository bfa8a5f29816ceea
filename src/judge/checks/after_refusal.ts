import type { CheckFunction } from '../check.js';
import { named, receiverOf, timesOf } from '../wording.js';

/**
 * What the user refused is not on the wire. Data on the list is what the basic function, which must go on working after a
 * refusal (art. 4), may need; so it is passed over, and so is what a condition may put on the list.
 */
export const check: CheckFunction = ({ facts, dataType, party, verdict }) => {
  const tally = facts.consent.refused;
  if (tally === undefined || verdict === 'necessary' || verdict === 'conditional') return null;
  const [times, receiver] = [timesOf(tally), receiverOf(party)];
  return {
    zh: `在标记为“已拒绝”的场景中，${named(dataType).zh}仍发往${receiver.zh}（${times.zh}）。`,
    en: `In a scene marked "refused", ${named(dataType).en} was still sent to ${receiver.en} (${times.en}).`,
  };
};
