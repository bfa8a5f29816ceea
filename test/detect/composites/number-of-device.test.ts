import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const DEVICE = 'v001q83vEjRWeJCrze8SNFZ4kKvN7w';
const told = (form: Record<string, string>) =>
  detector
    .detect(decodeRequest(request({ url: `https://api.example.com/x?${new URLSearchParams(form)}` })))
    .filter(({ grade, path }) => grade !== 'candidate' && path === 'query.uid')
    .map(({ dataType }) => dataType);

describe('number-of-device', () => {
  it('incident: an app numbered whoever used it by the device, which was told as an account', () => {
    expect(told({ uid: DEVICE, deviceid: DEVICE })).toEqual(['device_uuid']);
    expect(told({ uid: '9b1c2d3e4f506172', android_id: '9b1c2d3e4f506172' })).toEqual(['android_id']);
  });

  it('leaves an account that is numbered, another number than the device’s, and what analytics count', () => {
    expect(told({ uid: '820371912345678901', deviceid: '820371912345678901' })).not.toContain('device_uuid');
    expect(told({ uid: DEVICE, deviceid: `${DEVICE}x` })).toEqual(['account_id']);
    expect(told({ uid: DEVICE, distinct_id: DEVICE })).toEqual(['account_id']);
    expect(told({ uid: 'oExample1Example2Example3E45', deviceid: 'oExample1Example2Example3E45' })).not.toContain('device_uuid');
  });
});
