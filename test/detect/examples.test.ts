import { expect, test } from 'vitest';
import { runExamples } from '../../src/detect/examples.js';
import type { DataType } from '../../src/model/rulebook.js';

const imei: DataType = {
  id: 'imei',
  name: { zh: '国际移动设备识别码', en: 'IMEI' },
  family: 'device_id',
  gbt35273: { zh: '个人常用设备信息', en: 'Device information' },
  sensitive: { pipl28: 'no', gbt35273B: false, gbt45574: 'no' },
  obtainedBy: 'device',
  identifier: 'immutable',
  technical: false,
  mask: { start: 3, end: 2 },
  detectable: 'detectors',
  detect: { keys: ['imei'], weakKeys: [], notKeys: [], shape: null, validator: 'imei', withKey: 'strong', withoutKey: null },
  match: [{ key: 'imei', value: '490154203237518' }],
  noMatch: [{ key: 'imei', value: '490154203237519', why: 'check digit' }],
  note: null,
};

test('examples that hold are counted', () => {
  expect(runExamples([imei])).toEqual({ run: 2, failures: [] });
});

test('an example that does not hold is named with its type', () => {
  const { failures } = runExamples([
    { ...imei, match: [{ key: 'imei', value: '123' }], noMatch: [{ key: 'imei', value: '490154203237518' }] },
  ]);
  expect(failures).toEqual([
    { dataType: 'imei', problem: expect.stringContaining('is not found') },
    { dataType: 'imei', problem: expect.stringContaining('is found') },
  ]);
});

test('types that one field cannot show are not run', () => {
  expect(runExamples([{ ...imei, detectable: 'container' }]).run).toBe(0);
});
