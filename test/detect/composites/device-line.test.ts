import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });

function inHeader(value: string, name = 'x-example'): string[] {
  return detector
    .detect(decodeRequest(request({ headers: [[name, value]] })))
    .filter(({ grade }) => grade !== 'candidate')
    .map(({ dataType, value }) => `${dataType} ${value}`);
}

describe('device-line', () => {
  it('reads the features of a device out of one line, each at its place', () => {
    expect(inHeader('Android 13;SM-G9910;zh_CN')).toEqual(['os_version Android 13', 'device_model SM-G9910', 'locale_timezone zh_CN']);
    expect(inHeader('iPhone OS_9.0_1242*2208_iPhone7,1')).toEqual([
      'os_version iPhone OS',
      'os_version 9.0',
      'screen_info 1242*2208',
      'device_model iPhone7,1',
    ]);
    const [model] = detector.detect(decodeRequest(request({ headers: [['x-example', 'a|Android 13|SM-G9910']] }))).slice(-1);
    expect(model).toMatchObject({ path: 'header.x-example', span: [13, 21], grade: 'probable' });
  });

  it('reads the release after what iOS calls a device (iPhone10,1_14.2)', () => {
    expect(inHeader('iPhone10,1_14.2')).toEqual(['device_model iPhone10,1', 'os_version 14.2']);
    expect(inHeader('iPhone 11<iPhone12,1>,iOS 14.7')).toEqual(['device_model iPhone 11<iPhone12,1>', 'os_version iOS 14.7']);
    expect(inHeader('iPhone 11<case12,1>,iOS 14.7')).not.toContain('os_version iOS 14.7');
    expect(inHeader('gallery10,1_14.2')).toEqual([]);
    expect(inHeader('LARGE_100100_zh-CN_iPhone10,1_q83vEjRW=='), 'a machine speaks for its language').toEqual([
      'locale_timezone zh-CN',
      'device_model iPhone10,1',
    ]);
    expect(inHeader('LARGE_100100_zh-CN_Redmi Note 12_red')).toEqual([]);
    expect(inHeader('iPhone10,1_checkout')).not.toContain('os_version checkout');
  });

  it('under the name of a login or a shop only where the machine is numbered as its maker does', () => {
    expect(inHeader('iPhone10,1|iOS 14.6|true|Darwin Kernel', 'login-system')).toEqual(['device_model iPhone10,1', 'os_version iOS 14.6']);
    expect(inHeader('Android 13|SM-G9910|true', 'login-channel')).toEqual([]);
  });

  it('takes one feature alone for nothing, nor goods, what is looked for, or a text', () => {
    expect(inHeader('android/10.1.7/en')).toEqual([]);
    expect(inHeader('a;b;zh_CN')).toEqual([]);
    expect(inHeader('Redmi Note 12 Pro,5G,8GB+256GB')).toEqual([]);
    expect(inHeader('HUAWEI,Xiaomi,OPPO,vivo')).toEqual([]);
    expect(inHeader('Android 13;SM-G9910;zh_CN', 'x-title')).toEqual([]);
    expect(inHeader(`${'a;'.repeat(60)}Android 13;SM-G9910`)).toEqual([]);
  });
});
