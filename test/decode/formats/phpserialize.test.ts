import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { nearMisses } from '../near-misses.js';
import { inside, request } from '../sample.js';

const SAMPLE = 'a:3:{s:4:"city";s:6:"上海";s:3:"map";s:17:"121.4737,31.23042";s:7:"area_id";i:3172;}';

test('arrays, their texts by bytes, and what is nested in them', () => {
  expect(inside(SAMPLE)).toEqual({
    '': SAMPLE,
    '|phpserialize.city': '上海',
    '|phpserialize.map': '121.4737,31.23042',
    '|phpserialize.area_id': '3172',
  });
  expect(inside('a:2:{s:4:"user";a:2:{s:2:"id";i:820371956;s:2:"ok";b:1;}s:4:"list";a:2:{i:0;d:1.5;i:1;N;}}')).toMatchObject({
    '|phpserialize.user.id': '820371956',
    '|phpserialize.user.ok': 'true',
    '|phpserialize.list[0]': '1.5',
    '|phpserialize.list[1]': '',
  });
});

test('objects, without what says whose a property is', () => {
  expect(inside('O:4:"User":2:{s:7:"\0*\0imei";s:15:"866123456789018";s:4:"name";s:6:"张三";}')).toMatchObject({
    '|phpserialize.imei': '866123456789018',
    '|phpserialize.name': '张三',
  });
});

test('regression: what a session of CodeIgniter keeps in its cookie was one long text', () => {
  const session = `a:2:{s:10:"session_id";s:32:"0f0b9c2a3d4e5f60718293a4b5c6d7e8";s:10:"ip_address";s:11:"203.0.113.7";}${'0f'.repeat(16)}`;
  const { fields } = decodeRequest(request({ headers: [['cookie', `ci_session=${encodeURIComponent(session)}`]] }));
  expect(fields.map(({ path, value }) => [path, value])).toContainEqual([
    'cookie.ci_session|percent|phpserialize.ip_address',
    '203.0.113.7',
  ]);
});

test('one that is cut off gives what can be read of it', () => {
  const found = inside(SAMPLE.slice(0, 40));
  expect(found).toMatchObject({ '|phpserialize.city': '上海' });
});

test('nesting without end is left at its bound, and told', () => {
  const { limits } = decodeRequest(request({ body: `${'a:1:{i:0;'.repeat(200)}i:1;` }));
  expect(limits.map(({ limit }) => limit)).not.toEqual([]);
});

test('what only looks like it stays as it is', () => {
  for (const text of ['a:b', 'a: {"x":1}', 'a:0:{}', 'a:2:{x}', 'O:1:{', 'a:1:{s:99:"x";i:1;}', 'a:3;b:4'])
    expect(
      Object.keys(inside(text)).filter((path) => path.includes('phpserialize')),
      text,
    ).toEqual([]);
});

nearMisses('phpserialize', { content: SAMPLE, inner: true });
