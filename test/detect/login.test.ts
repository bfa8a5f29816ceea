import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { carriesLogin, isLoginToken } from '../../src/detect/login.js';
import { dataTypes, decodedOf, request } from './fixture.js';

const detector = createDetector({ dataTypes });
const gradeOf = (body: object, key: string) =>
  detector.detect(decodeRequest(request({ body: JSON.stringify(body) }))).find(({ path }) => path === `body.$.${key}`)?.grade;

const SECRET = 'q83vEjRWeJCrze8SNFZ4kKvN7w';
const DIGEST = '8f14e45fceea167a5a36dedd4bea2543';

describe('isLoginToken', () => {
  it('takes a secret beside an account for its login', () => {
    expect(gradeOf({ token: SECRET, user_id: '820371956' }, 'token')).toBe('probable');
    expect(gradeOf({ ticket: SECRET, userId: '820371956', ts: 1717171717 }, 'ticket')).toBe('probable');
    expect(gradeOf({ token: SECRET, user_id: '820371956', captchaId: 'c1' }, 'token')).toBe('candidate');
    expect(gradeOf({ token: SECRET }, 'token')).toBe('candidate');
    expect(gradeOf({ token: SECRET, imei: '866123456789018' }, 'token')).toBe('candidate');
    expect(gradeOf({ token: SECRET, imei: '866123456789018', os_version: '11' }, 'token')).toBe('probable');
    expect(gradeOf({ token: 'MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U', imei: '866123456789018', os_version: '11' }, 'token')).toBe('candidate');
    expect(gradeOf({ token: SECRET, gender: '男' }, 'token')).toBe('probable');
    expect(gradeOf({ 'wd-token': SECRET, user_id: '820371956' }, 'wd-token')).toBe('probable');
    expect(gradeOf({ session: `${SECRET}.1`, user_id: '820371956' }, 'session')).toBe('probable');
  });

  it('incident: a voucher in a list of tickets was taken for the login of the account beside it', () => {
    const ticket = (name: string) =>
      detector
        .detect(decodeRequest(request({ body: JSON.stringify({ uid: '820371956', [name]: ['V9ExampleTicket0000017'] }) })))
        .filter(({ dataType, grade }) => dataType === 'auth_token' && grade !== 'candidate');
    for (const name of ['useTicketList', 'tickets', 'userTokenlist']) expect(ticket(name), name).toEqual([]);
  });

  it('does not take a signature for one: the length of a digest beside a time', () => {
    expect(gradeOf({ token: DIGEST, uid: '820371956' }, 'token')).toBe('probable');
    expect(gradeOf({ token: DIGEST, uid: '820371956', timestamp: 1717171717 }, 'token')).toBe('candidate');
    expect(gradeOf({ token: DIGEST, uid: '820371956', timestamp: 1717171717, sign: DIGEST }, 'token')).toBe('probable');
  });

  it('takes no hardware address for the signature that leaves a digest free to be a login (token_beside_mac)', () => {
    const device = { imei: '866123456789018', os_version: '11', model: 'SM-G9910', time: 1717171717 };
    expect(gradeOf({ token: DIGEST, mac: '3c:5a:b4:01:02:03', ...device }, 'token')).toBe('candidate');
    expect(gradeOf({ token: DIGEST, mac: SECRET, ...device }, 'token')).toBe('probable');
  });

  it('takes `auth` for the login of the account beside it, and neither a flag nor what differs each time', () => {
    expect(gradeOf({ auth: DIGEST, uid: '820371956' }, 'auth')).toBe('probable');
    expect(gradeOf({ auth: DIGEST, uid: '820371956', ts: 1717171717, sign: DIGEST }, 'auth')).toBe('probable');
    expect(gradeOf({ auth: DIGEST, uid: '820371956', ts: 1717171717 }, 'auth')).toBe('candidate');
    expect(gradeOf({ auth: 'required', uid: '820371956' }, 'auth') ?? 'candidate').toBe('candidate');
    expect(gradeOf({ auth: DIGEST }, 'auth')).toBe('candidate');
  });

  it('takes a short secret in a header for the login of the account that the same word of the app names', () => {
    const beside = (...headers: Array<readonly [string, string]>) =>
      detector.detect(decodeRequest(request({ headers }))).find(({ path }) => path === 'header.panda-token')?.grade;
    expect(beside(['panda-token', '161c322a803b6'], ['panda-uid', '136'])).toBe('probable');
    expect(beside(['panda-token', '161c322a803b6'], ['bear-uid', '136'])).toBe('candidate');
    expect(beside(['panda-token', '161c322a803b6'])).toBe('candidate');
  });

  it('takes a code of an authorization for one where it is a secret, and none that was sent by text message', () => {
    expect(gradeOf({ authCode: DIGEST, userId: '820371956', authType: 1 }, 'authCode')).toBe('probable');
    expect(gradeOf({ authCode: '482913', userId: '820371956' }, 'authCode') ?? 'candidate').toBe('candidate');
    expect(gradeOf({ authCode: DIGEST }, 'authCode')).toBe('candidate');
  });

  it('does not take the session that is counted, nor tokens that protect a form', () => {
    expect(gradeOf({ session_id: SECRET, user_id: '820371956' }, 'session_id')).toBe('candidate');
    for (const key of ['csrf_token', 'upload_token', 'captcha_token', 'shareToken', 'app_token', 'cdn_token'])
      expect(gradeOf({ [key]: SECRET, user_id: '820371956' }, key) ?? 'candidate', key).toBe('candidate');
  });

  it('wants a name to speak of it', () => {
    const [found] = detector.detect(decodeRequest(request({ body: JSON.stringify({ token: SECRET }) })));
    if (found === undefined) throw new Error('no reading');
    expect(isLoginToken({ evidence: found, passRate: 1, keyLength: 0, preference: 0 }, [])).toBe(false);
  });
});

describe('carriesLogin', () => {
  it('is a cookie or a header, not an address that a Referer repeats', () => {
    const at = (part: 'cookie' | 'header' | 'query', path: string) => {
      const [field] = decodedOf([{ path, part, keys: ['token'], value: SECRET }]).fields;
      return field !== undefined && carriesLogin(field);
    };
    expect(at('cookie', 'cookie.token')).toBe(true);
    expect(at('header', 'header.token')).toBe(true);
    expect(at('header', 'header.referer|url.query.token')).toBe(false);
    expect(at('query', 'query.token')).toBe(false);
  });
});
