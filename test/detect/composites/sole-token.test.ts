import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const TOKEN = '4d7478e4-2ca1-4af7-a34b-442fa30cb989';

const logins = (body: object, headers: Array<[string, string]> = []) =>
  detector
    .detect(decodeRequest(request({ headers: [['content-type', 'application/json'], ...headers], body: JSON.stringify(body) })))
    .filter(({ dataType, grade }) => dataType === 'auth_token' && grade !== 'candidate')
    .map(({ path }) => path);

describe('sole-token', () => {
  it('takes the only secret of a request for its login', () => {
    expect(logins({ token: TOKEN, page: 1 })).toEqual(['body.$.token']);
    expect(logins({ token: TOKEN.replaceAll('-', ''), page: 1 })).toEqual(['body.$.token']);
    expect(logins({ token: TOKEN.replaceAll('-', '').repeat(3), page: 1 })).toEqual(['body.$.token']);
    const two = `${TOKEN.replaceAll('-', '').repeat(2)}_${TOKEN.replaceAll('-', '')}`;
    expect(logins({ token: two, time: 1700000000 })).toEqual(['body.$.token']);
    const agent: [string, string] = ['user-agent', 'Mozilla/5.0 (Linux; Android 11; SM-G9910) AppleWebKit/537.36'];
    expect(logins({ token: TOKEN }, [agent])).toEqual(['body.$.token']);
  });

  it('takes the ticket of a file or of a puzzle for no login (link_of_a_film)', () => {
    const links = (url: string) =>
      detector
        .detect(decodeRequest(request({ url })))
        .filter(({ dataType, grade }) => dataType === 'auth_token' && grade !== 'candidate')
        .map(({ path }) => path);
    expect(links(`https://v.example.com/a.mp4?token=${TOKEN}&sign=${TOKEN}`)).toEqual([]);
    expect(links(`https://v.example.com/a.mp4?auth_key=1762993454-0-0-${TOKEN.replaceAll('-', '')}`)).toEqual([]);
    expect(links(`https://api.example.com/me?token=${TOKEN}`)).toEqual(['query.token']);
    expect(logins({ token: TOKEN, captchaId: '17', challenge: 'a1' })).toEqual([]);
  });

  it('takes what is handed in for messages to be pushed for no login (token_of_apns)', () => {
    const at = (path: string) =>
      detector
        .detect(
          decodeRequest(
            request({
              url: `https://api.example.com${path}`,
              headers: [['content-type', 'application/json']],
              body: JSON.stringify({ token: TOKEN.replaceAll('-', '').repeat(2) }),
            }),
          ),
        )
        .filter(({ dataType, grade }) => dataType === 'auth_token' && grade !== 'candidate');
    for (const path of ['/v1/push/register', '/apns', '/user/device_token', '/push-service/bind'])
      expect([path, at(path)]).toEqual([path, []]);
    for (const path of ['/v1/user/info', '/pushkin/poems']) expect(at(path)).toHaveLength(1);
  });

  it('takes none beside a device, another login or a second token, nor a signature (token_of_the_kit)', () => {
    expect(logins({ token: TOKEN, idfa: '8886540E-13FB-4676-A3D4-027ABF3760CE' })).toEqual([]);
    expect(logins({ token: TOKEN, deviceId: '0f0b9c2a3d4e5f60718293a4b5c6d7e8' })).toEqual([]);
    expect(logins({ token: TOKEN }, [['authorization', 'Bearer q83vEjRWeJCrze8SNFZ4kKvN7w']])).toEqual(['header.authorization']);
    expect(logins({ a: { token: TOKEN }, b: { token: TOKEN.replace('4', '5') } })).toEqual([]);
    expect(logins({ token: TOKEN, timestamp: 1700000000 })).toEqual([]);
    expect(logins({ token: TOKEN.replaceAll('-', '').repeat(2), timestamp: 1700000000 })).toEqual([]);
    expect(logins({ token: TOKEN.replaceAll('-', '').repeat(3), idfa: '8886540E-13FB-4676-A3D4-027ABF3760CE' })).toEqual([]);
    expect(logins({ csrf_token: TOKEN })).toEqual([]);
    expect(logins({ token: 'page-2' })).toEqual([]);
  });
});
