import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { findRepeated } from '../../src/detect/repeated.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { dataTypes, decodedOf, request } from './fixture.js';

const { endpoints = [] } = loadRulebook({ dir: fileURLToPath(new URL('../../rules/', import.meta.url)) });
const detector = createDetector({ dataTypes });
const IMEI = '866123456789018';

function sure(parts: Parameters<typeof request>[0]): string[] {
  return detector
    .detect(decodeRequest(request(parts)))
    .filter(({ grade }) => grade !== 'candidate')
    .map(({ dataType, path }) => `${dataType} ${path}`);
}

describe('findRepeated', () => {
  it('believes the same identifier under a name that says nothing', () => {
    const found = sure({ url: `https://api.example.com/x?imei=${IMEI}&i=${IMEI}` });
    expect(found).toContain('imei query.i');
    const [, second] = detector.detect(decodeRequest(request({ url: `https://api.example.com/x?imei=${IMEI}&i=${IMEI}` })));
    expect(second?.trace.map(({ rule }) => rule)).toContain('same-value');
  });

  it('finds an account in the path of the address', () => {
    expect(sure({ url: 'https://api.example.com/u/820371956/feed?uid=820371956' })).toContain('account_id url.path[1]');
  });

  it('knows a login of the Cookie again in the body', () => {
    const secret = '8f14e45fceea167a5a36dedd4bea2543-820371956';
    expect(sure({ headers: [['cookie', `token=${secret}`]], body: JSON.stringify({ x: secret }) })).toContain('auth_token body.$.x');
  });

  it('prefers the value as it is to a digest of something else', () => {
    const url = 'https://api.example.com/x?android_id=f3f34488828b105f&macid=f3f34488828b105f';
    expect(sure({ url })).toContain('android_id query.macid');
  });

  it('believes the interface of a vendor of the same value elsewhere in the message', () => {
    const vendors = createDetector({ dataTypes, endpoints });
    const url = 'https://p00-fmip.icloud.com/fmipservice/findme/12345678901/identityV3';
    const paths = (host: string) =>
      vendors
        .detect(decodeRequest(request({ url, body: JSON.stringify({ dsid: '12345678901' }) })), { host, path: '/fmipservice/findme' })
        .filter(({ dataType, grade }) => dataType === 'account_id' && grade !== 'candidate')
        .map(({ path }) => path);
    expect(paths('p00-fmip.icloud.com')).toEqual(['body.$.dsid', 'url.path[2]']);
    expect(paths('api.example.com')).toEqual([]);
  });

  it('knows an address of the network again, and no other one', () => {
    const found = sure({ body: JSON.stringify({ ip: '223.104.5.77', x: '223.104.5.77', y: '223.104.5.78' }) });
    expect(found).toContain('ip_address body.$.x');
    expect(found).not.toContain('ip_address body.$.y');
  });

  it('starts from no ambiguous name, no short value and no placeholder', () => {
    expect(sure({ body: JSON.stringify({ did: IMEI, x: IMEI }) })).not.toContain('imei body.$.x');
    expect(sure({ body: JSON.stringify({ user_id: '12345', x: '12345' }) })).not.toContain('account_id body.$.x');
    expect(sure({ body: JSON.stringify({ imei: '000000000000000', x: '000000000000000' }) })).not.toContain('imei body.$.x');
    expect(sure({ body: JSON.stringify({ os_version: '11.0.1.20', x: '11.0.1.20' }) })).not.toContain('os_version body.$.x');
  });

  it('starts from a mobile number under the name of an account', () => {
    const body = JSON.stringify({ username: '13912345678', example_accounts: '13912345678' });
    expect(sure({ body })).toEqual(['phone_number body.$.username', 'phone_number body.$.example_accounts']);
  });

  it('takes no bare number for a device that another name calls a thing’s', () => {
    const number = 'd58ef00b-fe32-4a76-8969-48d38bef42fa';
    expect(sure({ body: JSON.stringify({ guid: number }) })).toEqual(['device_uuid body.$.guid']);
    expect(sure({ body: JSON.stringify({ guid: number, voteguid: number }) })).toEqual([]);
    expect(sure({ body: JSON.stringify({ device_id: number, order_id: number }) })).toEqual(['device_uuid body.$.device_id']);
  });

  it('takes no word for an account because some account is called so', () => {
    expect(sure({ body: JSON.stringify({ user_id: 'override', mode: 'override' }) })).not.toContain('account_id body.$.mode');
    expect(sure({ body: JSON.stringify({ user_id: 'zhangsan88', mode: 'zhangsan88' }) })).toContain('account_id body.$.mode');
  });

  it('regression: an Android ID under `uid` was told as an account', () => {
    const id = 'f3f34488828b105f';
    expect(sure({ body: JSON.stringify({ uid: id, android_id: id }) })).toEqual(['android_id body.$.uid', 'android_id body.$.android_id']);
    expect(sure({ body: JSON.stringify({ user_id: '100234567', uid: '100234567' }) })).toEqual([
      'account_id body.$.user_id',
      'account_id body.$.uid',
    ]);
  });

  it('incident: the identifier of a device was told as an account, because the kit calls the user so as well', () => {
    const id = '3f0c1d5e-7a2b-4c6d-8e9f-0a1b2c3d4e5f';
    const device = { make: 'Xiaomi', model: 'MI 8', osv: '10' };
    expect(sure({ body: JSON.stringify({ uid: id, did: id, ...device }) })).toContain('device_uuid body.$.did');
    expect(sure({ body: JSON.stringify({ uid: '820371956', did: '820371956', ...device }) })).toContain('account_id body.$.did');
  });

  it('leaves a name that says something else alone', () => {
    expect(sure({ body: JSON.stringify({ phone: '13912345678', receiver_phone: '13912345678' }) })).toEqual([
      'phone_number body.$.phone',
      'contact_phone body.$.receiver_phone',
    ]);
  });

  it('reads no header that carries the state of the protocol', () => {
    const headers = [['x-request-id', IMEI] as const];
    expect(sure({ headers, body: JSON.stringify({ imei: IMEI }) })).toEqual(['imei body.$.imei']);
  });

  it('has nothing to say without a reading', () => {
    expect(
      findRepeated(
        [],
        decodedOf([]),
        new Map(),
        () => [],
        () => false,
        () => false,
      ),
    ).toEqual({ repeats: [], groups: [], denied: new Set() });
  });
});
