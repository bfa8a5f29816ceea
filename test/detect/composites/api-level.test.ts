import { expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const levels = (body: object) =>
  detector
    .detect(decodeRequest(request({ body: JSON.stringify(body) })))
    .filter(({ dataType, grade, value }) => dataType === 'os_version' && grade !== 'candidate' && /^\d\d$/.test(value))
    .map(({ path }) => path);

it('incident: the level of Android’s interface was no more than a clue beside the release that it belongs to', () => {
  expect(levels({ osVersion: '4.3', sdkVersion: '18' })).toEqual(['body.$.sdkVersion']);
  expect(levels({ androidversion: '4.2.2', androidversioncode: 17 })).toEqual(['body.$.androidversioncode']);
  expect(levels({ os: 'Android 8.1.0', os_api: 27 })).toEqual(['body.$.os_api']);
});

it('takes no edition of a program for one', () => {
  expect(levels({ osVersion: '4.4.2', sdkVersion: '18' })).toEqual([]);
  expect(levels({ osVersion: '4.3', appVersion: '18', adSdkVersion: '18' })).toEqual([]);
  expect(levels({ sdkVersion: '18' })).toEqual([]);
  expect(levels({ phone: { osVersion: '4.3' }, ad: { sdkVersion: '18' } })).toEqual([]);
});
