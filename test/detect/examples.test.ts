import { expect, test } from 'vitest';
import { runExamples } from '../../src/detect/examples.js';
import type { DataType, Endpoint } from '../../src/model/rulebook.js';

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
  detect: {
    keys: ['imei'],
    weakKeys: [],
    contextKeys: [],
    notKeys: [],
    shape: null,
    validator: 'imei',
    withKey: 'strong',
    withoutKey: null,
  },
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

const endpoint: Endpoint = {
  id: 'vendor',
  vendor: { zh: '某厂', en: 'Vendor' },
  hosts: ['vendor.test'],
  paths: ['/v*/report'],
  having: ['a.b', 'c'],
  basis: 'made up',
  fields: [
    {
      key: 'zx',
      path: null,
      part: null,
      type: 'imei',
      shape: '^[0-9a-f]{32}$',
      beside: { zt: '1' },
      reason: { zh: '说明', en: 'because' },
      match: ['0f0b9c2a3d4e5f60718293a4b5c6d7e8'],
      noMatch: ['7'],
    },
  ],
};

test('examples of an endpoint are run with the host, path, form and neighbours that it asks for', () => {
  expect(runExamples([imei], [endpoint])).toEqual({ run: 4, failures: [] });
});

test('an endpoint example that does not hold is named with its file and field', () => {
  const field = { ...endpoint.fields[0]!, match: ['7'], noMatch: ['0f0b9c2a3d4e5f60718293a4b5c6d7e8'] };
  expect(runExamples([imei], [{ ...endpoint, fields: [field] }]).failures).toEqual([
    { dataType: 'imei', problem: 'endpoint vendor, zx is not found: "7"' },
    { dataType: 'imei', problem: expect.stringContaining('endpoint vendor, zx is found') },
  ]);
});

test('examples of a part are run within a text that has them in its place', () => {
  const field = { ...endpoint.fields[0]!, part: { between: '|', at: 3 } };
  expect(runExamples([imei], [{ ...endpoint, fields: [field] }])).toEqual({ run: 4, failures: [] });
});

test('a field told by its path is run at that path', () => {
  const field = { ...endpoint.fields[0]!, key: null, path: '*extinfo*[4]' };
  expect(runExamples([imei], [{ ...endpoint, fields: [field] }]).failures).toEqual([]);
});

test('of a type that its name makes a clue only, a clue is enough', () => {
  const clue: DataType = { ...imei, detect: { ...imei.detect, withKey: 'candidate' } };
  expect(runExamples([clue])).toEqual({ run: 2, failures: [] });
});
