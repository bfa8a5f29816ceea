import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/session-token.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('session-token', () => {
  it.each([
    ['q83vEjRWeJCrze8SNFZ4kKvN7w', 'q83vEjRWeJCrze8SNFZ4kKvN7w', 'a secret'],
    ['Bearer q83vEjRWeJCrze8SNFZ4', 'q83vEjRWeJCrze8SNFZ4', 'with its scheme'],
    ['AidLogin 460000000000000001:360000000000000002', '460000000000000001:360000000000000002', 'with a scheme of its own'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it('takes letters alone where chance has set their case (a_session_without_a_digit)', () => {
    expect(read('aaaqxVBtdNgkWsHLzPfjm')?.passRate).toBe(0.5);
    for (const words of ['UserLoginPageViewOk', 'someotherwordsofone', 'MainActivityOnResume', 'UserPageViewFromSDKInit'])
      expect(read(words), words).toBeNull();
  });

  it.each([
    ['bearer', 'the scheme alone'],
    ['APPCODE 0f0b9c2a3d4e5f60718293a4b5c6d7e8', 'the key of an app'],
    ['pk.eyJ1IjoiZXhhbXBsZSJ9.q83vEjRWeJCrze8SNFZ4kK', 'a public map key'],
    ['1234567890123456|q83vEjRWeJCrze8SNFZ4kKvN7w', 'the token of an app'],
    ['1762993454-0-0-0f0b9c2a3d4e5f60718293a4b5c6d7e8', 'the signature of a link'],
    ['some-token', 'words'],
    ['1700000000', 'a time'],
    ['1700000000123', 'a time in milliseconds'],
    ['12345678:23456789:1234567890:1234___1700000000000', 'numbers of things, joined'],
    ['ab_wxh5_login', 'what an app calls a scene of its own'],
    ['2017_android:0f0b9c2a3d4e5f60718293a4b5c6d7e801234567', 'what an app signs'],
    ['MjAxN19hbmRyb2lkOjBmMGI5YzJhM2Q0ZTVmNjA3MTgyOTNhNGI1YzZkN2U4MDEyMzQ1Njc=', 'the same in base64'],
    ['https://a.example.com/x1', 'an address'],
    [
      `Bearer ${Buffer.from('4515,1700000000,0f0b9c2a3d4e5f60718293a4b5c6d7e801234567').toString('base64')}`,
      'a key, the time and what was signed',
    ],
    [`Basic ${Buffer.from('0f0b9c2a3d4e5f60718293a4b5c6d7e8').toString('base64')}`, 'the key of an app without a password'],
    ['18bcfe56800-0f0b9c2a3d4e5f-85e5', 'a visit as scripts of analytics number it'],
    ['18bcfe56800123-0f0b9c2a3d4e5f-7e235108-250125-18bcfe56801456', 'the same with the screen'],
    ['1700000000-0-0-0f0b9c2a3d4e5f60718293a4b5c6d7e8', 'the signature of a link that a CDN lets through'],
    ['1700000000-0f0b9c2a3d4e5f607182-1234-0f0b9c2a3d4e5f60718293a4b5c6d7e8', 'the same with a random part and a number'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });

  it('knows a session as the frameworks of Node sign it, a ticket of CAS, and nothing shorter', () => {
    const signature = 'q83vEjRWeJCrze8SNFZ4kKvN7wq83vEjRWeJCrze8SN';
    expect(read(`s:q83vEjRWeJCrze8SNFZ4kKvN7w012345.${signature}`)?.passRate).toBeLessThan(1e-3);
    expect(read('ST-1830611-q83vEjRWeJCrze8SNFZ4-cas.example.edu.cn')?.passRate).toBeLessThan(1e-3);
    expect(read('ST-12-blue')?.passRate ?? 1).toBeGreaterThan(1e-3);
    expect(read(`s:dark.${signature}`)?.passRate ?? 1).toBe(1);
  });

  it('knows a token that says whose it is', () => {
    const part = (claims: object) => Buffer.from(JSON.stringify(claims)).toString('base64url');
    const token = (claims: object) => `${part({ alg: 'HS256' })}.${part(claims)}.q83vEjRWeJCrze8SNFZ4kKvN7w`;
    expect(read(token({ sub: '820371956' }))?.passRate).toBeLessThan(1e-3);
    expect(read(token({ userId: 820371956 }))?.passRate).toBeLessThan(1e-3);
    expect(read(`TOKEN_${token({ sub: '820371956' })}`)?.passRate).toBeLessThan(1e-3);
    expect(read(`TOKEN_${token({ scope: 'map' })}`)?.passRate).toBe(1);
    expect(read(token({ scope: 'map', sub: '' }))?.passRate).toBe(1);
  });
});
