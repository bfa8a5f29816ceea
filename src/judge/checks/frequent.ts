import type { CheckFunction } from '../check.js';
import { named, receiverOf } from '../wording.js';

/**
 * No norm gives a number (pitfall 15): the threshold is a setting and stands in the text. What is on the category's list is
 * passed over: how often a navigation app needs the position cannot be told from outside.
 */
export const check: CheckFunction = ({ facts, dataType, party, verdict, check: { settings } }) => {
  const { count = 0, window_seconds: seconds = 60 } = settings;
  if (count <= 0 || verdict === 'necessary' || verdict === 'conditional') return null;
  const peak = facts.peak();
  if (peak < count) return null;
  const receiver = receiverOf(party);
  return {
    zh: `${seconds} 秒内至少 ${peak} 次把${named(dataType).zh}发往${receiver.zh}（阈值：${seconds} 秒 ${count} 次；法规未规定次数，阈值是设置）。`,
    en: `${named(dataType).en} was sent to ${receiver.en} at least ${peak} times within ${seconds} s (threshold: ${count} in ${seconds} s; no norm gives a number, this is a setting).`,
  };
};
