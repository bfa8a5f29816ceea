import type { CheckFunction } from '../check.js';
import { named, receiverOf, timesOf } from '../wording.js';

/** A digest sent in clear still is what weak_digest says of it; that the channel is open is a fact of its own. */
export const check: CheckFunction = ({ facts, answered, dataType, party }) => {
  if (facts.cleartext === null) return null;
  const [times, receiver] = [timesOf(facts.cleartext), receiverOf(party)];
  if (answered)
    return {
      zh: `${receiver.zh}经未加密的连接发回${named(dataType).zh}（${times.zh}），途经的网络都能读到。`,
      en: `${receiver.en} sent ${named(dataType).en} back over an unencrypted connection (${times.en}); every network on the way can read it.`,
    };
  return {
    zh: `${named(dataType).zh}经未加密的连接发往${receiver.zh}（${times.zh}），途经的网络都能读到。`,
    en: `${named(dataType).en} was sent to ${receiver.en} over an unencrypted connection (${times.en}); every network on the way can read it.`,
  };
};
