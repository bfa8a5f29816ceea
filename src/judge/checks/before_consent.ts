import type { CheckFunction } from '../check.js';
import { named, receiverOf, timesOf } from '../wording.js';

/** Rests on the scene a person marked; without marks there is nothing to judge (pitfall 16). */
export const check: CheckFunction = ({ facts, dataType, party }) => {
  const tally = facts.consent.before_consent;
  if (tally === undefined) return null;
  const [times, receiver] = [timesOf(tally), receiverOf(party)];
  return {
    zh: `在标记为“同意前”的场景中，${named(dataType).zh}已发往${receiver.zh}（${times.zh}）。`,
    en: `In a scene marked "before consent", ${named(dataType).en} was already sent to ${receiver.en} (${times.en}).`,
  };
};
