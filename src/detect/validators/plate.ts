import type { Passed, Validator } from '../validator.js';

/** GA 36-2018: province, issuing letter, five characters without I and O; 学, 警, 港, 澳, 挂, 领 close special plates. New energy: six, D/F (A-K) first or last. Armed police: WJ, province, five. */
const PLATE =
  /^(?:[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][ ·•-]?(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9学警港澳挂领]|[A-HJK]\d{5}|[A-HJK][A-HJ-NP-Z0-9]\d{4}|\d{5}[A-HJK])|使\d{6}|\d{6}使|WJ[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][ ·•-]?\d{4}[0-9A-HJ-NP-Z])$/;

export const validator: Validator = {
  source: 'GA 36-2018 中华人民共和国机动车号牌, with the new-energy letters of its 2019 amendment',
  fits: (shape) => shape.length >= 7 && shape.length <= 10 && shape.han >= 1 && shape.han <= 2 && !shape.at,
  prose: false,
  check(value): Passed | null {
    const text = value.trim().toUpperCase();
    if (!PLATE.test(text)) return null;
    return {
      normalised: text.replace(/[ ·•-]/g, ''),
      placeholder: false,
      passRate: 1e-5,
      note: { zh: '机动车号牌：省份简称、发牌机关与序号通过', en: 'number plate: province character, issuing letter and serial pass' },
    };
  },
};
