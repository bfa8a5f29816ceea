import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const logins = (parts: Parameters<typeof request>[0]) =>
  detector
    .detect(decodeRequest(request(parts)))
    .filter(({ dataType, grade }) => dataType === 'auth_token' && grade !== 'candidate')
    .map(({ path }) => path);

describe('bearer', () => {
  it('incident: a login was not told whose header the app had named itself', () => {
    expect(logins({ headers: [['zauthz', 'Bearer q83vEjRWeJCrze8SNFZ4kKvN7w']] })).toEqual(['header.zauthz']);
    expect(logins({ body: JSON.stringify({ zz: 'bearer q83vEjRWeJCrze8SNFZ4kKvN7w' }) })).toEqual(['body.$.zz']);
  });

  it('leaves words after the word, a token that is none and a sentence', () => {
    for (const zz of [
      'Bearer undefined',
      'Bearer of-this-letter-and-nobody-else',
      'Bearer 12345678901234567890',
      'Bearer token q83vEjRWeJCrze8SNFZ4kKvN7w',
    ])
      expect(logins({ body: JSON.stringify({ zz }) }), zz).toEqual([]);
  });

  const jwt = (payload: object) =>
    [{ alg: 'HS256', typ: 'JWT' }, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') +
    '.q83vEjRWeJCrze8SNFZ4kKvN7wq83vEjRWeJCrze8SN';

  it('incident: a login was not told that a game sent as the JWT of its user under one letter', () => {
    const token = jwt({ exp: 1694000000, uid: 820371956 });
    expect(logins({ headers: [['t', token]] })).toEqual(['header.t']);
    expect(logins({ headers: [['cookie', `zz=${token}`]] })).toEqual(['cookie.zz']);
  });

  it('leaves a JWT that names no account, one of the program or against forgery, and one in a body', () => {
    expect(logins({ headers: [['t', jwt({ exp: 1694000000, app: 'reader', build: 77 })]] })).toEqual([]);
    const token = jwt({ exp: 1694000000, uid: 820371956 });
    for (const name of ['x-csrf', 'x-app-attest', 'x-trace', 'x-client-sign'])
      expect(logins({ headers: [[name, token]] }), name).toEqual([]);
    expect(logins({ body: JSON.stringify({ zz: token }) })).toEqual([]);
  });
});
