import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import {
  isAccount,
  isAnothersNumber,
  isAppsFlyers,
  isDistinct,
  isDistinctAccount,
  isInstallation,
  isOthersOpenId,
  isShortOpenId,
  mayBeDrawn,
} from '../../src/detect/account.js';
import { createDetector } from '../../src/detect/detector.js';
import { dataTypes, request, underKey } from './fixture.js';

describe('what stands under the name of an account', () => {
  it('is an installation’s, a phone’s or a person’s number, or an account’s', () => {
    expect(isAccount('uid')).toBe(true);
    expect(isAccount('account')).toBe(false);
    expect(isAccount('user')).toBe(true);
    expect(isInstallation('uid', '0f0b9c2a3d4e5f60718293a4b5c6d7e8')).toBe(true);
    expect(isInstallation('uid', '1705641125542-4143970912560432000')).toBe(true);
    // On iOS the random number has seven digits.
    expect(isInstallation('uid', '1705641125542-4143970')).toBe(true);
    expect(isAppsFlyers('1705641125542-4143970')).toBe(true);
    expect(isAppsFlyers('8842019375-12')).toBe(false);
    expect(isInstallation('uid', '1f4a8c9b7d3e2506')).toBe(true);
    expect(isInstallation('uid', '1704067200000000')).toBe(false);
    expect(isInstallation('uid', 'b1c2d3e4f5a60718')).toBe(true);
    expect(isInstallation('uid', '4870123456789012')).toBe(false);
    expect(isInstallation('user id', 'b1c2d3e4f5a60718')).toBe(false);
    expect(isShortOpenId('union id', '200123')).toBe(true);
    expect(isShortOpenId('union id', 'oQ7xW0aBcDeFgHiJkLmNoPqRsTuV')).toBe(false);
    expect(isShortOpenId('user id', '200123')).toBe(false);
    expect(isShortOpenId('wx openid', 'guest_user')).toBe(true);
    expect(isDistinct('sd distinct id')).toBe(true);
    expect(isDistinctAccount('distinct id', '22323000')).toBe(true);
    expect(isDistinctAccount('distinct id', '3f0c1d5e-7a2b')).toBe(false);
    expect(isAnothersNumber('uid', '866123456789018')).toBe(true);
    expect(isAnothersNumber('user id', '13912345678')).toBe(true);
    expect(isAnothersNumber('uid', '820371956')).toBe(false);
  });

  it('incident: the open ids of QQ and of a maker of phones were told as digests of WeChat’s', () => {
    expect(isOthersOpenId('open id', '0F0B9C2A3D4E5F60718293A4B5C6D7E8')).toBe(true);
    expect(isOthersOpenId('union id', '0f0b9c2a3d4e5f60')).toBe(true);
    expect(isOthersOpenId('open id', 'oQ7xW0aBcDeFgHiJkLmNoPqRsTuV')).toBe(false);
    expect(isOthersOpenId('wx openid', '0f0b9c2a3d4e5f60')).toBe(false);
    const detector = createDetector({ dataTypes });
    const read = (key: string, value: string) => detector.detect(underKey(key, value)).map(({ dataType, grade }) => `${dataType} ${grade}`);
    for (const value of ['0F0B9C2A3D4E5F60718293A4B5C6D7E8', '0f0b9c2a3d4e5f60', 'q83vEjRWeJCrze8SNFZ4'])
      for (const key of ['openid', 'unionId']) expect(read(key, value)).toEqual(['account_id probable']);
    expect(read('openid', 'oQ7xW0aBcDeFgHiJkLmNoPqRsTuV')).toEqual(['wechat_id probable']);
    expect(read('wxOpenidMd5', '0f0b9c2a3d4e5f60718293a4b5c6d7e8')).toEqual(['wechat_id probable']);
  });

  it('incident: the number of a member (`mem_no`) was told as a size of memory', () => {
    const detector = createDetector({ dataTypes });
    const read = (key: string, value: string) => detector.detect(underKey(key, value)).map(({ dataType, grade }) => `${dataType} ${grade}`);
    expect(read('mem_no', '640000996')).toEqual(['account_id probable']);
    expect(read('mem', '8192')).toEqual(['hardware_params probable']);
    expect(read('memTotal', '8192')).toEqual(['hardware_params probable']);
  });

  it('imei_as_account, mobile_as_account: the reading follows; 15 digits of a social network stay an account', () => {
    const detector = createDetector({ dataTypes });
    const read = (key: string, value: string) =>
      detector
        .detect(underKey(key, value))
        .filter(({ grade }) => grade !== 'candidate')
        .map(({ dataType }) => dataType);
    expect(read('uid', '866123456789018')).toEqual(['imei']);
    expect(read('uid', '13912345678')).toEqual(['phone_number']);
    expect(read('uid', '100012345678907')).toEqual(['account_id']);
    expect(read('userid', '09154974530')).toEqual(['account_id']);
    expect(read('uid', '625')).toEqual(['account_id']);
    expect(read('uid', '1')).toEqual([]);
    expect(read('uid', 'b1c2d3e4f5a60718')).toEqual([]);
  });

  it('android_id_as_account: 16 hexadecimal digits are an installation’s beside a device, and an account’s beside a person alone', () => {
    const detector = createDetector({ dataTypes });
    const read = (beside: object) => {
      const body = JSON.stringify({ uid: 'b1c2d3e4f5a60718', ...beside });
      const found = detector.detect(decodeRequest(request({ body }))).find(({ path }) => path === 'body.$.uid');
      return [found?.dataType, found?.grade];
    };
    expect(read({ device_model: 'SM-G9910', os_version: '11.0' })).toEqual(['device_uuid', 'probable']);
    expect(read({ nickname: '海边的风' })).toEqual(['account_id', 'probable']);
    expect(read({ nickname: '海边的风', device_model: 'SM-G9910', os_version: '11.0' })).toEqual(['device_uuid', 'probable']);
    expect(mayBeDrawn('b1c2d3e4f5a60718', new Set(['nickname']))).toBe(true);
    expect(mayBeDrawn('b1c2d3e4f5a60718', new Set(['nickname', 'os_version']))).toBe(false);
    expect(mayBeDrawn('0f0b9c2a3d4e5f60718293a4b5c6d7e8', new Set(['nickname']))).toBe(false);
  });

  it('car_park_union_as_account: the union of a business is no account, whoever is called beside it', () => {
    const body = (union_id: unknown) => JSON.stringify({ union_id, mobile: '13912345678' });
    const detector = createDetector({ dataTypes });
    const grade = (union_id: unknown) =>
      detector.detect(decodeRequest(request({ body: body(union_id) }))).find(({ path }) => path === 'body.$.union_id')?.grade;
    expect(grade(200123)).toBe('candidate');
    expect(grade('aQ7xW0aBcDeFgHiJkLmNoPqRsTuV')).toBe('probable');
  });
});
