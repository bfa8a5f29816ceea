import { describe, expect, it } from 'vitest';
import { isCompound } from '../../src/detect/compound.js';
import type { Reading } from '../../src/detect/doubts.js';
import { decodedOf, typeOf } from './fixture.js';

const TOKEN = 'q83vEjRWeJCrze8SNFZ4kKvN7w';

/** A value under a name that ends in a key of the dictionary. */
function reading(id: string, name: string, key: string, value: string, { weak = false, passRate = 1 } = {}): Reading {
  const [field] = decodedOf([{ path: `body.$.${name}`, value, keys: [name] }]).fields;
  if (field === undefined) throw new Error('no field');
  const type = typeOf(id);
  return { field, value, type, match: { type, weak, reach: 'suffix', key, form: null }, passRate, by: 'validator' };
}

function inCookie(of: Reading): Reading {
  return { ...of, field: { ...of.field, part: 'cookie', path: `cookie.${of.field.keys.join('.')}` } };
}

describe('isCompound', () => {
  it('takes nouns of several words for themselves, where the value is as long as a secret or a name', () => {
    expect(isCompound(reading('auth_token', 'tspAccessToken', 'access token', TOKEN))).toBe(true);
    expect(isCompound(reading('auth_token', 'tspJwt', 'jwt', TOKEN))).toBe(false);
    expect(isCompound(reading('real_name', 'vehicleOwnerName', 'owner name', '王小明', { passRate: 0.2 }))).toBe(true);
    expect(isCompound(reading('real_name', 'vehicleOwnerName', 'owner name', 'Default', { passRate: 0.2 }))).toBe(false);
  });

  it('takes what somebody logs in as for an account, where it is no word', () => {
    const weak = { weak: true };
    expect(isCompound(reading('account_id', 'altUsername', 'username', 'msa_1676570305', weak))).toBe(true);
    expect(isCompound(reading('account_id', 'altUsername', 'username', 'example', weak))).toBe(false);
    expect(isCompound(reading('account_id', 'authorUsername', 'username', 'msa_1676570305', weak))).toBe(false);
    expect(isCompound(reading('account_id', 'tealium_account', 'account', 'example-global-1', weak))).toBe(false);
  });

  it('knows a password from that of an interface', () => {
    expect(isCompound(reading('password', 'login_password', 'password', 'hunter22'))).toBe(true);
    expect(isCompound(reading('password', 'login_password', 'password', '12'))).toBe(false);
    expect(isCompound(reading('password', 'api_password', 'password', 'hunter22'))).toBe(false);
  });

  it('takes a session in a cookie for a login, unless visits are counted by it', () => {
    const weak = { weak: true };
    expect(isCompound(inCookie(reading('auth_token', 'couples_session', 'session', TOKEN, weak)))).toBe(true);
    expect(isCompound(inCookie(reading('auth_token', 'amplitude_session', 'session', TOKEN, weak)))).toBe(false);
    expect(isCompound(reading('auth_token', 'couples_session', 'session', TOKEN, weak))).toBe(false);
    expect(isCompound(inCookie(reading('auth_token', 'shoes_auth', 'auth', TOKEN, weak)))).toBe(true);
    expect(isCompound(inCookie(reading('auth_token', 'csrf_token', 'token', TOKEN, weak)))).toBe(false);
    expect(isCompound(inCookie(reading('auth_token', 'KDTSESSIONID', 'sessionid', TOKEN, weak)))).toBe(true);
    expect(isCompound(inCookie(reading('auth_token', 'HJSESSIONID', 'sessionid', TOKEN, weak)))).toBe(false);
    expect(isCompound(inCookie(reading('auth_token', 'yms:sess', 'sess', TOKEN, weak)))).toBe(true);
    expect(isCompound(inCookie(reading('auth_token', 'hj_sess', 'sess', TOKEN, weak)))).toBe(false);
    expect(isCompound(reading('auth_token', 'yms:sess', 'sess', TOKEN, weak))).toBe(false);
    expect(isCompound(inCookie(reading('auth_token', 'didomi_token', 'token', TOKEN, weak)))).toBe(false);
    expect(isCompound(inCookie(reading('auth_token', 'hf_skey', 'skey', TOKEN)))).toBe(true);
    expect(isCompound(reading('auth_token', 'hf_skey', 'skey', TOKEN))).toBe(false);
  });

  it('takes the session of a server for a login, whatever its site is called', () => {
    expect(isCompound(inCookie(reading('auth_token', 'SHOP-JSESSION-ID', 'jsessionid', TOKEN)))).toBe(true);
    expect(isCompound(inCookie(reading('auth_token', 'SHOP-JSESSION-ID', 'jsessionid', '1a2b3c4d', { passRate: 0.5 })))).toBe(false);
    expect(isCompound(reading('auth_token', 'SHOP-JSESSION-ID', 'jsessionid', TOKEN))).toBe(false);
  });

  it('takes what is of the sender for it, and leaves what is another’s or a thing’s', () => {
    expect(isCompound(reading('account_id', 'fp_user_id', 'user id', '244590252'))).toBe(true);
    expect(isCompound(reading('account_id', 'target_user_id', 'user id', '244590252'))).toBe(false);
    expect(isCompound(reading('account_id', 'fp_user_id', 'user id', '12'))).toBe(false);
    expect(isCompound(reading('screen_info', 'zb_screen_width', 'screen width', '1080', { passRate: 0.5 }))).toBe(true);
    expect(isCompound(reading('screen_info', 'ad_screen_width', 'screen width', '1080', { passRate: 0.5 }))).toBe(false);
    expect(isCompound(reading('verification_code', 'mfaVerificationCode', 'verification code', '228798'))).toBe(true);
    expect(isCompound(reading('verification_code', 'mfaVerificationCode', 'verification code', 'SENT'))).toBe(false);
  });
});
