import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const OPEN_ID = 'oABCD1234efgh5678IJKL9012mno';
const REFERER: [string, string] = ['referer', 'https://servicewechat.com/wx0123456789abcdef/69/page-frame.html'];

const found = (body: object, ...headers: Array<[string, string]>) =>
  detector
    .detect(decodeRequest(request({ headers: [['content-type', 'application/json'], ...headers], body: JSON.stringify(body) })))
    .filter(({ dataType, grade }) => dataType === 'wechat_id' && grade !== 'candidate')
    .map(({ path }) => path);

describe('open-id', () => {
  it('knows an OpenID under names of an app’s own, in what WeChat sends', () => {
    expect(found({ cmnid: OPEN_ID }, REFERER)).toEqual(['body.$.cmnid']);
    expect(found({ userId: OPEN_ID }, REFERER)).toEqual(['body.$.userId']);
    expect(found({ h5Id: OPEN_ID }, ['user-agent', 'Mozilla/5.0 (Linux; Android 9) MicroMessenger/8.0.30'])).toEqual(['body.$.h5Id']);
    expect(found({ openid: OPEN_ID, cmnid: OPEN_ID.replace('A', 'B') }).sort()).toEqual(['body.$.cmnid', 'body.$.openid']);
  });

  it('knows who has chosen no name (wxid_), and an OpenID behind the number of the mini program', () => {
    const [wxid] = detector.detect(decodeRequest(request({ url: 'https://a.example.com/x?session_us=wxid_a1b2c3d4e5f622' })));
    expect(wxid).toMatchObject({ dataType: 'wechat_id', grade: 'probable', path: 'query.session_us' });
    const cookie = `_example_sid="js26:wx0123456789abcdef:${OPEN_ID}"`;
    const sure = detector.detect(decodeRequest(request({ headers: [['cookie', cookie]] }))).filter(({ grade }) => grade !== 'candidate');
    expect(sure).toEqual([expect.objectContaining({ dataType: 'wechat_id', path: 'cookie._example_sid', value: OPEN_ID })]);
    for (const value of [
      'wxid_',
      'wxid_short',
      'wxid_of_the_user_of_it',
      `0123456789abcdef01:${OPEN_ID}`,
      `xwx0123456789abcdef:${OPEN_ID}`,
      'wx0123456789abcdef_order_2026010210111200000001',
    ])
      expect(found({ x: value }), value).toEqual([]);
  });

  it('takes nothing elsewhere, no secret and nothing that begins otherwise', () => {
    expect(found({ cmnid: OPEN_ID })).toEqual([]);
    for (const name of ['sign', 'session', 'accessToken', 'nonce', 'uuid', 'requestId'])
      expect(found({ [name]: OPEN_ID }, REFERER), name).toEqual([]);
    expect(found({ cmnid: `p${OPEN_ID.slice(1)}` }, REFERER)).toEqual([]);
    expect(found({ cmnid: OPEN_ID.toLowerCase() }, REFERER)).toEqual([]);
    expect(found({ cmnid: `${OPEN_ID}0` }, REFERER)).toEqual([]);
  });
});
