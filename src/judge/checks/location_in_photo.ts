import type { CheckFunction } from '../check.js';
import { receiverOf, timesOf } from '../wording.js';

/** The user chose a photo, not to say where it was taken (pitfall 8). */
export const check: CheckFunction = ({ facts, party }) => {
  const times = timesOf({ count: facts.count, first: facts.first });
  const receiver = receiverOf(party);
  return {
    zh: `发往${receiver.zh}的图片仍带有拍摄地点的经纬度（${times.zh}）。`,
    en: `A picture sent to ${receiver.en} still carries the coordinates of where it was taken (${times.en}).`,
  };
};
