import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { withoutClientLogin } from '../../src/detect/client-login.js';
import { createDetector } from '../../src/detect/detector.js';
import { dataTypes, request } from './fixture.js';

const detector = createDetector({ dataTypes });
const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
const sure = (headers: Record<string, string>, body: string) =>
  detector
    .detect(decodeRequest(request({ headers: [...Object.entries(headers), ['content-type', 'application/x-www-form-urlencoded']], body })))
    .filter(({ grade }) => grade === 'strong' || grade === 'probable')
    .map(({ dataType, path }) => `${dataType} ${path}`);

describe('withoutClientLogin', () => {
  it('incident: the secret of an app was told as the password of whoever signs in by the form beside it', () => {
    const found = sure(basic('exampleapp:Secr3tWord'), 'grant_type=password&username=exampleuser&password=hunter22');
    expect(found.filter((said) => said.includes('authorization'))).toEqual([]);
    expect(found).toContain('password body.form.password');
  });

  it('leaves a login by Basic where no token is asked for, and a token of any other kind', () => {
    expect(sure(basic('exampleuser:hunter22'), 'page=1')).toContain('password header.authorization|basic.password');
    expect(sure(basic('exampleuser:hunter22'), 'grant_type=')).toContain('password header.authorization|basic.password');
    expect(sure({ authorization: 'Bearer q83vEjRWeJCrze8SNFZ4kKvN7w' }, 'grant_type=exchange')).toContain(
      'auth_token header.authorization',
    );
  });

  it('incident: the secret that every copy of an app for Android carries was told as a password', () => {
    for (const name of ['android', 'ios-app', 'Web'])
      expect(sure(basic(`${name}:Secr3tWord`), 'page=1').filter((said) => said.includes('authorization'))).toEqual([]);
    expect(sure(basic('mobile:13912345678:q83vEjRWeJCrze8SNFZ4kKvN7w'), 'page=1')).toContain('auth_token header.authorization');
    expect(sure(basic('androidfan7:hunter22'), 'page=1')).toContain('password header.authorization|basic.password');
  });

  it('asks for the fields only where Basic was read', () => {
    const fields = () => {
      throw new Error('asked');
    };
    expect(withoutClientLogin([], fields)).toEqual([]);
  });
});
