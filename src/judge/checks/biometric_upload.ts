import type { CheckFunction } from '../check.js';
import { named, receiverOf, timesOf } from '../wording.js';

export const check: CheckFunction = ({ facts, dataType, party }) => {
  const times = timesOf({ count: facts.count, first: facts.first });
  const receiver = receiverOf(party);
  return {
    zh: `${named(dataType).zh}离开设备，发往${receiver.zh}（${times.zh}）。生物识别信息属于敏感个人信息，须取得单独同意。`,
    en: `${named(dataType).en} left the device for ${receiver.en} (${times.en}). Biometric information is sensitive and needs separate consent.`,
  };
};
