import type { Yes } from '../../model/rulebook.js';
import type { CheckFunction } from '../check.js';
import { named } from '../wording.js';

const ZH: Readonly<Record<Yes, string>> = { yes: '是', no: '否', context: '视情形' };
const EN: Readonly<Record<Yes, string>> = { yes: 'yes', no: 'no', context: 'depends' };

/** Three standards disagree on the ID number, marriage, transactions, contacts; all three are shown (pitfall 20). */
export const check: CheckFunction = ({ dataType }) => {
  const { pipl28, gbt35273B, gbt45574 } = dataType.sensitive;
  if (pipl28 !== 'yes' && !gbt35273B && gbt45574 !== 'yes') return null;
  const annexB: Yes = gbt35273B ? 'yes' : 'no';
  return {
    zh: `${named(dataType).zh}是否属于敏感个人信息：个人信息保护法第二十八条：${ZH[pipl28]}；GB/T 35273-2020 附录B：${ZH[annexB]}；GB/T 45574-2025：${ZH[gbt45574]}。`,
    en: `Is ${named(dataType).en} sensitive? PIPL art. 28: ${EN[pipl28]}; GB/T 35273-2020 Annex B: ${EN[annexB]}; GB/T 45574-2025: ${EN[gbt45574]}.`,
  };
};
