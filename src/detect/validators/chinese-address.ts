import { beginsWithDivision } from '../division.js';
import type { Passed, Validator } from '../validator.js';

const MARKS =
  /省|自治区|市|区|县|旗|镇|乡|街道|大街|路|街|巷|胡同|弄|里|道|村|社区|小区|花园|公寓|大厦|广场|苑|号楼|栋|幢|座|单元|楼|层|室|号/g;
/** House number, building, room: what makes a place somebody's door. */
const DOOR = /[0-9０-９一二三四五六七八九十]+(?:号|栋|幢|座|单元|楼|层|室|弄|组)/;

export const validator: Validator = {
  source: 'GB/T 2260 names; 民政部 标准地名地址 (division, road, number, building, room)',
  fits: (shape) => shape.han >= 4 && shape.length <= 200 && !shape.at,
  check(value): Passed | null {
    const text = value.trim();
    if (/[。！？!?\n]/.test(text)) return null;
    const marks = text.match(MARKS)?.length ?? 0;
    if (marks < 2) return null;
    const begins = beginsWithDivision(text);
    const door = DOOR.test(text);
    if (!begins && !door && marks < 3) return null;
    return {
      normalised: text.replace(/\s/g, ''),
      placeholder: false,
      passRate: begins && door ? 1e-3 : 1e-2,
      note: {
        zh: `地址用字 ${marks} 处${begins ? '，以省市名开头' : ''}${door ? '，含门牌或楼室号' : ''}`,
        en: `${marks} address words${begins ? ', begins with a province or city' : ''}${door ? ', names a house or room' : ''}`,
      },
    };
  },
};
