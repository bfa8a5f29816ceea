import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });

function cookies(cookie: string, type = 'tracking_cookie'): string[] {
  return detector
    .detect(decodeRequest(request({ headers: [['cookie', cookie]] })))
    .filter(({ dataType, grade }) => dataType === type && grade !== 'candidate')
    .map(({ path }) => path);
}

describe('tracker-cookies', () => {
  it('knows a cookie by the name that its maker documents', () => {
    expect(cookies('_ga_ABC123DEF4=GS1.1.1600000000.1.1.1600000001.0.0.0; theme=dark-2024-edition')).toEqual(['cookie._ga_ABC123DEF4']);
    expect(cookies('CNZZDATA1256789012=1600000000-1600000001-%7C1600000002')).toHaveLength(1);
    expect(cookies('CNZZDATA1256789012=1600000000-1600000001-%257C1600000002'), 'encoded twice').toHaveLength(1);
    expect(cookies('_pk_id.1.1fff=0f0b9c2a3d4e5f60.1600000000')).toHaveLength(1);
  });

  it('takes what a tracker keeps inside its cookie for its own, and not for the device’s', () => {
    const value = encodeURIComponent(JSON.stringify({ distinct_id: '172bafd3e72223-04840ba63837d8-7e235108-250125-172bafd3e732ed' }));
    const cookie = `sensorsdata2015jssdkcross=${value}`;
    expect(cookies(cookie)).toEqual(['cookie.sensorsdata2015jssdkcross|percent|json$.distinct_id']);
    expect(cookies(cookie, 'device_uuid')).toEqual([]);
    expect(cookies(`prefs=${value}`, 'device_uuid')).toHaveLength(1);
  });

  it('takes a cookie that is a UUID for a browser’s number, whatever its name', () => {
    const uuid = '3f0c1d5e-7a2b-4c6d-8e9f-0a1b2c3d4e5f';
    expect(cookies(`zz_u=${uuid}; ui=${uuid.toUpperCase()}`)).toEqual(['cookie.zz_u', 'cookie.ui']);
    for (const name of ['csrf_token', 'XSRF-TOKEN', 'my_session', 'zzsid', 'request_id', 'app-device-id', 'consent', 'route', 'cart'])
      expect(cookies(`${name}=${uuid}`), name).toEqual([]);
    expect(cookies(`zz_u=${uuid}:on`)).toEqual([]);
  });

  it('takes the site, the visitor and the times of the visits for a tracker’s, whoever wrote them', () => {
    for (const value of [
      '217272534.1700000000301098.1700000000.1700000400.1700000900.3',
      '12345678.87654321.1700000000123.1700000000123.1700000400123.12',
    ])
      expect(cookies(`__exma=${value}`), value).toEqual(['cookie.__exma']);
    for (const value of [
      '217272534.1700000000301098.1700000000.3',
      '1.2.3.4.5.6',
      '217272534.1700000000301098.9700000000.1700000400.1700000900.3',
    ])
      expect(cookies(`__exma=${value}`), value).toEqual([]);
  });

  it('takes no flag, no other case and no name outside a cookie', () => {
    expect(cookies('_fbp=1; __gads=on; _UAB_collina=q83vEjRWeJCrze8SNFZ4kKvN7w')).toEqual([]);
    const body = detector.detect(decodeRequest(request({ body: JSON.stringify({ _uab_collina: 'q83vEjRWeJCrze8SNFZ4kKvN7w' }) })));
    expect(body.filter(({ dataType }) => dataType === 'tracking_cookie')).toEqual([]);
  });

  it('incident: the number of whoever is signed in, and the session that GrowingIO counts, were told as the browser’s and as logins', () => {
    const account = '0f0b9c2a3d4e5f60_gr_cs1=u8203719; 0f0b9c2a3d4e5f60_gr_last_sent_cs1=u8203719-ab';
    expect(cookies(account)).toEqual([]);
    expect(cookies('0f0b9c2a3d4e5f60_gr_last_sent_cs1=0f0b9c2a3d4e5f60718293a4b5c6d7e8', 'account_id')).toHaveLength(1);
    const session = '0f0b9c2a3d4e5f60_gr_last_sent_sid_with_cs1=3f0c1d5e-7a2b-4c6d-8e9f-0a1b2c3d4e5f';
    expect(cookies(session, 'auth_token')).toEqual([]);
    expect(cookies(session)).toHaveLength(1);
    expect(cookies('WT_FPC=id=0f0b9c2a3d4e5f60:lv=1700000000000:ss=1700000000000')).toEqual(['cookie.WT_FPC']);
  });
});
