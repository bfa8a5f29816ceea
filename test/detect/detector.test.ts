import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { leastProcessorTime } from '../processor-time.js';
import { dataTypes, decodedOf, request, underKey } from './fixture.js';

const detector = createDetector({ dataTypes });
const sure = (grade: string): boolean => grade === 'strong' || grade === 'probable' || grade === 'confirmed';

describe('every data type', () => {
  it('covers the taxonomy of 132, each id once', () => {
    expect(dataTypes.length).toBeGreaterThanOrEqual(132);
    expect(new Set(dataTypes.map(({ id }) => id)).size).toBe(dataTypes.length);
  });

  for (const type of dataTypes) {
    for (const { key, value, why } of type.match)
      it(`${type.id}: finds ${key ?? '(no key)'} = ${value.slice(0, 40)} (${why})`, () => {
        const found = detector.detect(
          key === undefined ? decodedOf([{ path: 'url.path[0]', part: 'url', value, steps: [] }]) : underKey(key, value),
        );
        const wanted = type.detect.withKey === 'candidate' ? () => true : sure;
        expect(
          found.filter(({ dataType, grade }) => dataType === type.id && wanted(grade)).length,
          JSON.stringify(found.map((each) => [each.dataType, each.grade, each.path])),
        ).toBeGreaterThan(0);
      });
    for (const { key, value, why } of type.noMatch)
      it(`${type.id}: leaves ${key ?? '(no key)'} = ${value.slice(0, 40)} alone (${why})`, () => {
        const found = detector.detect(
          key === undefined ? decodedOf([{ path: 'url.path[0]', part: 'url', value, steps: [] }]) : underKey(key, value),
        );
        expect(found.filter(({ dataType, grade, placeholder }) => dataType === type.id && sure(grade) && !placeholder)).toEqual([]);
      });
  }
});

describe('createDetector', () => {
  it('gives one piece of evidence for the User-Agent header', () => {
    const found = detector.detect(
      decodeRequest(request({ headers: [['User-Agent', 'Dalvik/2.1.0 (Linux; U; Android 11; Pixel 5 Build/RQ3A)']] })),
    );
    expect(found.map(({ dataType, path }) => [dataType, path])).toEqual([['user_agent', 'header.user-agent']]);
  });

  it('says nothing of a place of departure that is not written like one, rather than calling it an address', () => {
    const found = detector.detect(decodeRequest(request({ body: JSON.stringify({ startAddr: '100号12楼, 浦东新区' }) })));
    expect(found.map(({ dataType }) => dataType)).not.toContain('postal_address');
  });

  it('does not read protocol headers as identifiers', () => {
    const found = detector.detect(
      decodeRequest(
        request({
          headers: [
            ['ETag', '"866123456789018"'],
            ['traceparent', '00-f3f34488828b105ff3f34488828b105f-f3f34488828b105f-01'],
            ['X-Request-Id', '4ce3a7dc-4a15-40fd-a201-5101bb0a351a'],
            ['Sec-WebSocket-Key', 'Xv2fU7shK+D7A5P/1nECzw=='],
          ],
        }),
      ),
    );
    expect(found.filter(({ grade }) => sure(grade))).toEqual([]);
  });

  it('takes an advertising identifier named ifa for Apple’s on iOS and for Google’s on Android', () => {
    const ask = (os: string) =>
      detector
        .detect(decodeRequest(request({ body: JSON.stringify({ device: { os, ifa: 'f782606b-3bf9-41a8-2d16-d0cb15d389b2' } }) })))
        .find(({ path }) => path === 'body.$.device.ifa')?.dataType;
    expect(ask('ios')).toBe('idfa');
    expect(ask('android')).toBe('gaid');
  });

  it('reads pairs of name and value by the name they give', () => {
    const found = detector.detect(
      decodeRequest(
        request({
          body: JSON.stringify({
            params: [
              { key: 'imei', value: '866123456789018' },
              { key: 'lang', value: 'zh-CN' },
            ],
          }),
        }),
      ),
    );
    expect(found.map(({ dataType }) => dataType)).toContain('imei');
    expect(found.find(({ dataType }) => dataType === 'imei')?.path).toBe('body.$.params[0].value');
  });

  it('session_named_in_a_token: a JSON Web Token is the login, and the session that it names besides', () => {
    const part = (claims: object) => Buffer.from(JSON.stringify(claims)).toString('base64url');
    const claims = { sub: 820371956, session_id: '0f0b9c2a3d4e5f60718293a4b5c6d7e8' };
    const token = `${part({ alg: 'HS256' })}.${part(claims)}.q83vEjRWeJCrze8SNFZ4kKvN7w`;
    const found = detector.detect(decodeRequest(request({ headers: [['Authorization', `Bearer ${token}`]] })));
    const logins = found.filter(({ dataType }) => dataType === 'auth_token').map(({ path }) => path);
    expect(logins).toContain('header.authorization');
  });

  it('marks what the system returned instead of a value', () => {
    const found = detector.detect(underKey('mac', '02:00:00:00:00:00'));
    expect(found).toMatchObject([{ dataType: 'mac_address', placeholder: true }]);
    expect(detector.detect(underKey('imei_md5', 'd41d8cd98f00b204e9800998ecf8427e'))).toMatchObject([
      { dataType: 'imei', placeholder: true, form: 'md5' },
    ]);
  });

  it('says nothing of empty values, unfilled macros and literal nulls', () => {
    for (const value of ['', '__IMEI__', 'null', '{imei}', '-']) expect(detector.detect(underKey('imei', value)), value).toEqual([]);
  });

  it('explains itself in both languages', () => {
    const [evidence] = detector.detect(underKey('imei', '866123456789018'));
    expect(evidence?.trace.map(({ rule }) => rule)).toEqual(['key', 'validator']);
    for (const { text } of evidence?.trace ?? []) {
      expect(text.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(text.en).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });

  it('keeps known values above every other reading', () => {
    const persona = { values: { phone_number: ['13912345678'] }, salts: [], keys: [] };
    const found = createDetector({ dataTypes, persona }).detect(underKey('receiverPhone', '13912345678'));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ dataType: 'phone_number', grade: 'confirmed' });
    expect(found[0]?.trace.some(({ rule, text }) => rule === 'also-read-as' && text.en.includes('contact_phone'))).toBe(true);
  });

  it('does not mistake other people’s objects for the user’s', () => {
    const found = detector.detect(
      decodeRequest(
        request({
          body: JSON.stringify({
            site: { content: { language: 'nl' } },
            imp: [{ banner: { w: 320, h: 50 }, ext: { bidder: { accountId: '12345678', token: 'q5tp-tq7-uvmfv' } } }],
          }),
        }),
      ),
    );
    expect(found.filter(({ grade }) => sure(grade))).toEqual([]);
  });

  it('stays within a second on messages made to be slow', () => {
    const many = 5_000;
    const messages = [
      decodedOf(
        Array.from({ length: many }, (_, index) => ({ path: `query.lat[${index}]`, part: 'query' as const, keys: ['lat'], value: '31.2' })),
      ),
      decodedOf(
        Array.from({ length: many }, (_, index) => ({
          path: `query.${index % 2 ? 'lat' : 'lng'}[${index}]`,
          part: 'query' as const,
          keys: [index % 2 ? 'lat' : 'lng'],
          value: '31.2304',
        })),
      ),
      decodedOf(
        Array.from({ length: many }, (_, index) => ({
          path: `body.$${'[0]'.repeat(200)}[${index}]`,
          keys: ['imei'],
          value: '866123456789018',
        })),
      ),
      decodedOf(
        Array.from({ length: many }, (_, index) => ({
          path: `body.$.a${'|base64'.repeat(10)}$.k${index}`,
          keys: ['imei'],
          value: '866123456789018',
        })),
      ),
      decodedOf(
        Array.from({ length: many }, (_, index) => ({
          path: `body.$.${'Aa'.repeat(60)}${index}`,
          keys: [`${'Aa'.repeat(60)}${index}`],
          value: 'x'.repeat(200),
        })),
      ),
    ];
    for (const message of messages) {
      expect(leastProcessorTime(2_000, () => detector.detect(message))).toBeLessThan(2_000);
    }
  });
});
