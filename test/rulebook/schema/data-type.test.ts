import { expect, test } from 'vitest';
import { dataType } from '../../../src/rulebook/schema/data-type.js';

const IMEI = {
  id: 'imei',
  name: { zh: '国际移动设备识别码', en: 'IMEI' },
  family: 'device_id',
  gbt35273: { zh: '个人常用设备信息', en: 'Device' },
  sensitive: { pipl28: 'no', gbt35273B: false, gbt45574: 'no' },
  obtainedBy: 'device',
  detectable: 'detectors',
  match: [{ value: '1' }],
  noMatch: [{ value: '2', why: 'x' }],
};
const problem = (more: object): string | undefined => dataType.safeParse({ ...IMEI, ...more }).error?.issues[0]?.message;

test('defaults: nothing detected by pattern, not technical, a masked middle', () => {
  expect(dataType.parse(IMEI)).toMatchObject({
    identifier: null,
    technical: false,
    note: null,
    mask: { start: 3, end: 2 },
    detect: { keys: [], weakKeys: [], contextKeys: [], notKeys: [], shape: null, validator: null, withKey: null, withoutKey: null },
    match: [{ value: '1' }],
  });
});

test('examples keep only what was written', () => {
  expect(dataType.parse(IMEI).match[0]).not.toHaveProperty('key');
  expect(dataType.parse(IMEI).noMatch[0]).toEqual({ value: '2', why: 'x' });
});

test('both kinds of examples are needed', () => {
  expect(problem({ match: [] })).toContain('at least one example that it matches');
  expect(problem({ noMatch: [] })).toContain('must not match');
});

test('a pattern cannot earn "confirmed", and a slow shape is refused', () => {
  expect(problem({ detect: { withKey: 'confirmed' } })).toBeDefined();
  expect(problem({ detect: { shape: '^(a+)+$' } })).toContain('slow expression');
  expect(problem({ detect: { validator: '../x' } })).toBeDefined();
});

test('a key may leave words open, within bounds', () => {
  expect(problem({ detect: { keys: ['os|system version|ver code|'] } })).toBeUndefined();
  expect(problem({ detect: { keys: [Array(12).fill('a|b').join(' ')] } })).toContain('spellings');
});
