import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (claims: unknown) => `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0dXJl`;
/** What is sure of the claims, by the end of their paths. */
const claimed = (claims: unknown, header = 'authorization') =>
  detector
    .detect(decodeRequest(request({ headers: [[header, token(claims)]] })))
    .filter(({ path, grade }) => path.includes('|jwt.payload') && grade !== 'candidate')
    .map(({ dataType, path }) => `${dataType} ${path.slice(path.indexOf('|jwt.payload') + 12)}`);

describe('token-claims', () => {
  it('reads number and name of the subject in an object of the payload', () => {
    expect(claimed({ iat: 1_700_000_000, extend: { id: 8_203_719, name: '海边看风景', project: '示例' } })).toEqual([
      'account_id .extend.id',
      'nickname .extend.name',
    ]);
    expect(claimed({ data: { id: '6f1d2c3b4a5946878796a5b4c3d2e1f0', name: '会员a1G8' } }, 'token')).toEqual([
      'account_id .data.id',
      'nickname .data.name',
    ]);
  });

  it('reads them in JSON under the subject, and in the payload itself', () => {
    expect(claimed({ sub: JSON.stringify({ id: '6f1d2c3b4a5946878796a5b4c3d2e1f0', name: '海边看风景' }) }, 'token')).toEqual([
      'account_id .sub|json$.id',
      'nickname .sub|json$.name',
    ]);
    expect(claimed({ Id: '8203719', Name: '清风' })).toEqual(['nickname .Name', 'account_id .Id']);
    expect(claimed({ id: 8_203_719 }, 'x-token')).toEqual(['account_id .id']);
  });

  it('leaves roles, firms and apps, and names of nobody', () => {
    expect(claimed({ role: { id: 8_203_719, name: '海边看风景' }, tenant: { id: 8_203_719, name: '海边看风景' } })).toEqual([]);
    expect(claimed({ data: { app: { id: 8_203_719, name: '海边看风景' } } })).toEqual([]);
    for (const name of ['普通用户', '示例科技公司', '管理员', '示例商城小程序', 'guest', '张伟'])
      expect(claimed({ data: { id: 8_203_719, name } }), name).toEqual(['account_id .data.id']);
  });

  it('leaves a name without a number beside it, and what may number the token', () => {
    expect(claimed({ data: { name: '海边看风景' } })).toEqual([]);
    expect(claimed({ id: '6f1d2c3b4a5946878796a5b4c3d2e1f0' }, 'token')).toEqual([]);
    expect(claimed({ data: { id: 12 } })).toEqual([]);
  });

  it('incident: the device that a token was first issued to was called the account', () => {
    expect(claimed({ sub: 'b1c2d3e4f5a60718', uuid: 'b1c2d3e4f5a60718', userId: 1_940_437_347 }, 'x-auth-token')).toEqual([
      'device_uuid .sub',
      'device_uuid .uuid',
      'account_id .userId',
    ]);
    expect(
      claimed({ iss: 'b1c2d3e4f5a60718', uuid: 'b1c2d3e4f5a60718', sub: 'b1c2d3e4f5a60718', userId: 1_940_437_347 }, 'x-auth-token'),
    ).toContain('device_uuid .iss');
    expect(claimed({ iss: 'https://login.example.com', uuid: 'b1c2d3e4f5a60718', userId: 1_940_437_347 }, 'x-auth-token')).not.toContain(
      'device_uuid .iss',
    );
    expect(claimed({ sub: 'b1c2d3e4f5a60718', uuid: 'b1c2d3e4f5a60718' }, 'x-auth-token')).toContain('account_id .sub');
    expect(claimed({ sub: '8203719', userId: 8_203_719, uuid: 'b1c2d3e4f5a60718' }, 'x-auth-token')).toContain('account_id .sub');
  });

  it('leaves tokens that are no login', () => {
    expect(claimed({ data: { id: 8_203_719, name: '海边看风景' } }, 'x-captcha')).toEqual([]);
  });

  it('incident: claims that .NET names by addresses were not read, and neither number nor name of the subject was told', () => {
    const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';
    const paths = (payload: Record<string, unknown>) =>
      claimed(Object.fromEntries(Object.entries(payload).map(([name, value]) => [`${claims}/${name}`, value]))).map(
        (line) => `${line.slice(0, line.indexOf(' '))} ${/(\w+)"\]$/.exec(line)?.[1]}`,
      );
    expect(paths({ nameidentifier: '6f1d2c3b4a5946878796a5b4c3d2e1f0', name: '张伟' })).toEqual([
      'account_id nameidentifier',
      'real_name name',
    ]);
    expect(paths({ nameidentifier: 'u7', name: '海边看风景' })).toEqual(['account_id nameidentifier', 'nickname name']);
    expect(paths({ name: 'ana2026' })).toEqual(['account_id name']);
    for (const name of ['管理员', 'Example Service', 'administrator']) expect(paths({ name }), name).toEqual([]);
    expect(paths({ role: '海边看风景', sid: '6f1d2c3b4a5946878796a5b4c3d2e1f0' })).toEqual([]);
    expect(claimed({ 'https://example.com/claims/nameidentifier': 'u7' })).toEqual([]);
  });
});
