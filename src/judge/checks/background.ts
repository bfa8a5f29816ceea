import type { CheckFunction } from '../check.js';
import { named, receiverOf, timesOf } from '../wording.js';

export const check: CheckFunction = ({ facts, dataType, party }) => {
  const tally = facts.consent.background;
  if (tally === undefined) return null;
  const [times, receiver] = [timesOf(tally), receiverOf(party)];
  return {
    zh: `在标记为“后台”的场景中（用户没有操作App），${named(dataType).zh}发往${receiver.zh}（${times.zh}）。`,
    en: `In a scene marked "background", with nobody using the app, ${named(dataType).en} was sent to ${receiver.en} (${times.en}).`,
  };
};
