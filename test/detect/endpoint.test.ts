import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { EndpointBook } from '../../src/detect/endpoint.js';
import type { Endpoint, EndpointField } from '../../src/model/rulebook.js';
import { dataTypes, request } from './fixture.js';

const field = (parts: Partial<EndpointField>): EndpointField => ({
  key: null,
  path: null,
  type: 'screen_info',
  shape: null,
  beside: {},
  part: null,
  reason: { zh: '说明', en: 'because' },
  match: [],
  noMatch: [],
  ...parts,
});
const endpoint = (parts: Partial<Endpoint>): Endpoint => ({
  id: 'vendor',
  vendor: { zh: '某厂', en: 'Vendor' },
  hosts: ['vendor.test'],
  paths: [],
  having: [],
  basis: 'made up',
  fields: [field({ key: 'zq', shape: '^\\d{3,4}x\\d{3,4}$' })],
  ...parts,
});
const find = (endpoints: readonly Endpoint[], url: string, body?: string) => {
  const detector = createDetector({ dataTypes, endpoints });
  const { hostname, pathname } = new URL(url);
  const decoded = decodeRequest(request(body === undefined ? { url } : { url, body }));
  return detector.detect(decoded, { host: hostname, path: pathname }).filter(({ grade }) => grade !== 'candidate');
};

describe('EndpointBook', () => {
  it('reads a short name at the vendor’s host and below it, and says why', () => {
    const [found] = find([endpoint({})], 'https://a.vendor.test/x?zq=1080x2340');
    expect(found).toMatchObject({ dataType: 'screen_info', grade: 'probable', path: 'query.zq' });
    expect(found?.trace[0]).toEqual({ rule: 'endpoint', text: { zh: '某厂的接口：说明', en: 'interface of Vendor: because' } });
  });

  it('says nothing of the same name elsewhere, nor at a host that only ends alike', () => {
    const about = (host: string) => find([endpoint({})], `https://${host}/x?zq=1080x2340`).filter(({ path }) => path === 'query.zq');
    expect(about('other.test')).toEqual([]);
    expect(about('notvendor.test')).toEqual([]);
  });

  it('keeps to the beginning of the path, a star standing for any text', () => {
    const rule = [endpoint({ paths: ['/v*/report'] })];
    expect(find(rule, 'https://vendor.test/v2/report/x?zq=1080x2340')).toHaveLength(1);
    expect(find(rule, 'https://vendor.test/report?zq=1080x2340')).toHaveLength(0);
  });

  it('finds nothing under a name that the interface says is no personal data, and reads it elsewhere', () => {
    const uuid = '6f1d2c3b-4a59-4687-8796-a5b4c3d2e1f0';
    const rule = [endpoint({ fields: [field({ key: 'profile.uuid', type: null, shape: '^[0-9a-f-]{36}$' })] })];
    const under = (name: string, value = uuid) => find(rule, 'https://vendor.test/x', JSON.stringify({ [name]: { uuid: value } }));
    expect(under('profile')).toEqual([]);
    expect(under('phone')).toMatchObject([{ dataType: 'device_uuid' }]);
    expect(under('profile', uuid.toUpperCase())).toMatchObject([{ dataType: 'device_uuid' }]);
  });

  it('holds what a vendor says of a field against the device that stands around it', () => {
    const uuid = '6f1d2c3b-4a59-4687-8796-a5b4c3d2e1f0';
    const device = {
      model: 'MI 8',
      brand: 'Xiaomi',
      osVersion: '10',
      lang: 'zh-CN',
      carrier: '中国移动',
      network: 'wifi',
      tz: 'GMT+8',
      zqid: uuid,
    };
    const ask = (rules: Endpoint[]) =>
      find(rules, 'https://vendor.test/x', JSON.stringify(device)).filter(({ path }) => path.endsWith('zqid'));
    expect(ask([])).toMatchObject([{ dataType: 'device_uuid' }]);
    expect(ask([endpoint({ fields: [field({ key: 'zqid', type: null, shape: '^[0-9a-f-]{36}$' })] })])).toEqual([]);
  });

  it('reads a long name in a quoted address: a vendor quotes its own', () => {
    const quoted = encodeURIComponent('https://vendor.test/a?zq_size=1080x2340&b=1');
    const long = endpoint({ fields: [field({ key: 'zq_size' })] });
    expect(find([long], `https://vendor.test/x?lu=${quoted}`)).toMatchObject([{ dataType: 'screen_info' }]);
  });

  it('leaves alone the short names in an address that the message quotes', () => {
    const quoted = encodeURIComponent('https://elsewhere.test/a?zq=1080x2340&b=1');
    expect(find([endpoint({})], `https://vendor.test/x?lu=${quoted}`).filter(({ trace }) => trace[0]?.rule === 'endpoint')).toEqual([]);
  });

  it('wants the value to agree', () => {
    expect(find([endpoint({})], 'https://vendor.test/?zq=12')).toEqual([]);
  });

  it('wants what stands beside it', () => {
    const rule = [endpoint({ fields: [field({ key: 'zx', type: 'imei', shape: '^[0-9a-f]{32}$', beside: { zt: '1' } })] })];
    const ask = (type: string) => find(rule, `https://vendor.test/?zx=0f0b9c2a3d4e5f60718293a4b5c6d7e8&zt=${type}`);
    expect(ask('1')).toMatchObject([{ dataType: 'imei', form: 'md5' }]);
    expect(ask('2')).toEqual([]);
  });

  it('marks the digest of nothing as a placeholder', () => {
    const rule = [endpoint({ fields: [field({ key: 'zx', type: 'imei', shape: '^[0-9a-f]{32}$' })] })];
    expect(find(rule, 'https://vendor.test/?zx=d41d8cd98f00b204e9800998ecf8427e')).toMatchObject([{ placeholder: true }]);
  });

  it('knows a message by its form where hosts differ', () => {
    const rule = [endpoint({ hosts: [], having: ['za.b', 'zc'], fields: [field({ key: 'za.zw', shape: '^\\d{3,4}$' })] })];
    expect(find(rule, 'https://any.test/', '{"za":{"b":1,"zw":1080},"zc":2}')).toMatchObject([{ path: 'body.$.za.zw' }]);
    expect(find(rule, 'https://any.test/', '{"za":{"zw":1080},"zc":2}')).toEqual([]);
  });

  it('reads a place by path, a dot standing only for itself', () => {
    const rule = [endpoint({ fields: [field({ path: '*zl*[1]', shape: '^\\d{3,4}$' })] })];
    expect(find(rule, 'https://vendor.test/', '{"zl":["a","1080"]}')).toMatchObject([{ path: 'body.$.zl[1]' }]);
    expect(find([endpoint({ fields: [field({ path: 'query.z', shape: '^\\d+$' })] })], 'https://vendor.test/?a_query_z=1')).toEqual([]);
  });

  it('takes the tests of the type where it has no shape of its own, as if the name were in the dictionary', () => {
    const rule = [endpoint({ fields: [field({ key: 'zi', type: 'imei' })] })];
    expect(find(rule, 'https://vendor.test/?zi=866123456789018')).toMatchObject([{ dataType: 'imei' }]);
    expect(find(rule, 'https://vendor.test/?zi=766123456789011')).toEqual([]);
  });

  describe('of a text with several parts', () => {
    const part = (at: number | string, type: string) => field({ key: 'zd', part: { between: '|', at }, type });
    const parts = [part(0, 'imei'), part(2, 'mac_address'), part('p:', 'phone_number')];
    const text = '866123456789018|x|3c:5a:b4:01:02:03|p:13900000000|y';
    const ask = (value: string, fields = parts) => find([endpoint({ fields })], 'https://vendor.test/', JSON.stringify({ zd: value }));

    it('reads each part as what it is, at its place in the text', () => {
      const found = ask(text);
      expect(found.map(({ dataType, value, span }) => [dataType, value, text.slice(...(span ?? []))])).toEqual([
        ['imei', '866123456789018', '866123456789018'],
        ['mac_address', '3c:5a:b4:01:02:03', '3c:5a:b4:01:02:03'],
        ['phone_number', '13900000000', '13900000000'],
      ]);
      expect(new Set(found.map(({ path }) => path))).toEqual(new Set(['body.$.zd']));
      expect(found[1]?.trace[0]?.text.en).toContain('part 3 of the text');
    });

    it('says nothing of a part whose value does not agree', () => {
      expect(ask('766123456789011|x|none|p:13900000000').map(({ dataType }) => dataType)).toEqual(['phone_number']);
    });

    it('marks a part that the system has blanked', () => {
      expect(ask('|x|02:00:00:00:00:00|')).toMatchObject([{ dataType: 'mac_address', placeholder: true }]);
    });

    describe('in a User-Agent', () => {
      const idfv = '6F1D2C3B-4A59-4687-8796-A5B4C3D2E1F0';
      const uses = [
        endpoint({
          fields: [field({ path: 'header.user-agent', part: { between: ';', at: 'UDID-' }, type: 'idfv', shape: '^[0-9A-F-]{36}$' })],
        }),
      ];
      const detector = createDetector({ dataTypes, endpoints: uses });
      const told = (agent: string) =>
        detector
          .detect(decodeRequest(request({ url: 'https://vendor.test/', headers: [['User-Agent', agent]] })), {
            host: 'vendor.test',
            path: '/',
          })
          .filter(({ grade }) => grade !== 'candidate')
          .map(({ dataType, value }) => `${dataType} ${value}`);

      it('incident: a part that the interface names hid the model and the system that the rest describes', () => {
        const agent = `Client/6.1 (iPhone14,5; iOS 17.2;UDID-${idfv};zh_CN)`;
        expect(told(agent)).toEqual([`user_agent ${agent}`, `idfv ${idfv}`]);
      });

      it('is no User-Agent for that part alone', () => {
        expect(told(`UDID-${idfv}`)).toEqual([`idfv ${idfv}`]);
        expect(told(`x;UDID-${idfv};y`).filter((each) => each.startsWith('idfv'))).toEqual([`idfv ${idfv}`]);
      });

      it('says nothing of a header that the interface clears', () => {
        const cleared = [endpoint({ fields: [field({ path: 'header.user-agent', type: null })] })];
        const decoded = decodeRequest(
          request({ url: 'https://vendor.test/', headers: [['User-Agent', `Client/6.1 (iPhone14,5; UDID-${idfv})`]] }),
        );
        expect(createDetector({ dataTypes, endpoints: cleared }).detect(decoded, { host: 'vendor.test', path: '/' })).toEqual([]);
      });
    });

    it('leaves to the whole text what no part explains, and reads no text twice', () => {
      const whole = field({ key: 'zd', type: 'device_fingerprint', shape: '^[^|]*(?:\\|[^|]*){3,9}$' });
      expect(ask('a|b|c|d', [...parts, whole])).toMatchObject([{ dataType: 'device_fingerprint', span: null }]);
      expect(ask(text, [...parts, whole]).map(({ dataType }) => dataType)).not.toContain('device_fingerprint');
    });
  });

  it('passes over a type that the rulebook lacks', () => {
    const book = new EndpointBook([endpoint({})], new Map());
    const decoded = decodeRequest(request({ url: 'https://vendor.test/?zq=1080x2340' }));
    expect(decoded.fields.flatMap((each) => book.at(decoded, { host: 'vendor.test', path: '/' })?.of(each) ?? [])).toEqual([]);
  });
});
