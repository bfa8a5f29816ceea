import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const codes = (url: string, body: object) =>
  detector
    .detect(decodeRequest(request({ url: `https://api.example.com${url}`, body: JSON.stringify(body) })))
    .filter(({ dataType, grade }) => dataType === 'verification_code' && grade !== 'candidate')
    .map(({ path }) => path);

const mobile = '13912345678';

describe('login-code', () => {
  it.each(['/v1_0/authorizations', '/api/user/login', '/users/confirm', '/sms/check', '/member/bindPhone'])(
    'code_beside_phone: %s',
    (url) => {
      expect(codes(url, { mobile, code: '482913' })).toEqual(['body.$.code']);
    },
  );

  it('takes one where the form says what kind of login it is', () => {
    expect(codes('/api/go', { mobile, code: '4829', loginType: 'sms' })).toEqual(['body.$.code']);
    expect(codes('/api/go', { mobile, code: '4829' })).toEqual([]);
  });

  it('takes one that changes the number of whoever sends it', () => {
    expect(codes('/v2/users/me/phone', { mobile, code: '482913' })).toEqual(['body.$.code']);
    expect(codes('/v2/users/me/phone', { mobile, code: '4829' })).toEqual([]);
    expect(codes('/v2/users/me/phone', { mobile, code: '482913', a: 1, b: 2 })).toEqual([]);
    expect(codes('/v2/phone/attribution', { mobile, code: '482913' })).toEqual([]);
  });

  it('takes none without a phone number, in another object, in a big form, or of a place, an order or an invitation', () => {
    expect(codes('/login', { code: '482913' })).toEqual([]);
    expect(codes('/login', { user: { mobile }, code: '482913' })).toEqual([]);
    for (const beside of ['address', 'cityName', 'orderNo', 'goodsId', 'inviteCode'])
      expect(codes('/login', { mobile, code: '482913', [beside]: 'x' }), beside).toEqual([]);
    expect(codes('/login', { mobile, code: '482913', a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 })).toEqual([]);
  });

  it('takes no dialling prefix, no result and no word', () => {
    for (const code of ['0086', '0755', '200', 'CN', '86', 'a82913', '48291']) expect(codes('/login', { mobile, code }), code).toEqual([]);
    for (const url of ['/catalogue/author/list', '/order/confirm', '/coupon/verify', '/report'])
      expect(codes(url, { mobile, code: '482913' }), url).toEqual([]);
  });
});
