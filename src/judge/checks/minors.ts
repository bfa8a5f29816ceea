import type { CheckFunction } from '../check.js';
import { named, receiverOf, timesOf } from '../wording.js';

export const check: CheckFunction = ({ facts, answered, dataType, party }) => {
  if (facts.under14 === null) return null;
  const [times, receiver] = [timesOf(facts.under14), receiverOf(party)];
  if (answered)
    return {
      zh: `${receiver.zh}发回的${named(dataType).zh}显示本人不满十四周岁（${times.zh}）；与其有关的其他信息也应按敏感个人信息对待。`,
      en: `${named(dataType).en} that ${receiver.en} sent back says that the person is under fourteen (${times.en}); what goes with it is to be treated as sensitive too.`,
    };
  return {
    zh: `发往${receiver.zh}的${named(dataType).zh}显示本人不满十四周岁（${times.zh}）；一并送出的其他信息也应按敏感个人信息对待。`,
    en: `${named(dataType).en} sent to ${receiver.en} says that the person is under fourteen (${times.en}); what was sent along with it is to be treated as sensitive too.`,
  };
};
