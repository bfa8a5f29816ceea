import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const told = (body: object) =>
  detector
    .detect(decodeRequest(request({ headers: [['content-type', 'application/json']], body: JSON.stringify(body) })))
    .filter(({ grade }) => grade !== 'candidate')
    .map(({ dataType, path }) => `${dataType} ${path}`);

describe('dialled-number', () => {
  it('incident: a number beside the code of its country was told as an account, or as nothing', () => {
    expect(told({ loginId: '8123456789', countryCode: 91 })).toEqual(['phone_number body.$.loginId']);
    expect(told({ user: '8123456789', user_mobile_country_code: '91' })).toEqual(['phone_number body.$.user']);
    expect(told({ username: '05012345678', dial_code: '+90' })).toEqual(['phone_number body.$.username']);
    expect(told({ user: 8123456789, isd_code: '+91' })).toEqual(['phone_number body.$.user']);
  });

  it('incident: the number of an account beside a country, or beside the number of its user, was a mobile', () => {
    for (const body of [
      { userId: 512345678, countryCode: 966 },
      { userId: 9123456789, countryCode: 7 },
      { loginId: '61234567', countryCode: '852' },
    ])
      expect(told(body).filter((said) => said.startsWith('phone_number'))).toEqual([]);
    expect(told({ userId: '912345678', phoneCode: '84', phone: '912345679' })).not.toContain('phone_number body.$.userId');
    expect(told({ userId: '9123456789', mobileCode: '91' })).toContain('phone_number body.$.userId');
  });

  it('leaves accounts beside no such code, and numbers that no mobile of the country has', () => {
    for (const body of [
      { loginId: '8123456789' },
      { loginId: '8123456789', countryCode: 'IN' },
      { loginId: '8123456789', cityCode: '91' },
      { loginId: '2123456789', countryCode: 91 },
      { loginId: '8123456789', countryCode: 90 },
      { loginId: '812345678', countryCode: 91 },
      { loginId: '8123456789', countryCode: 1 },
      { order: { user: '8123456789' }, countryCode: 91 },
    ])
      expect(
        told(body).filter((said) => said.startsWith('phone_number')),
        JSON.stringify(body),
      ).toEqual([]);
  });
});
