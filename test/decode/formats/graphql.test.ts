import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { fieldAt, inside, opened, request } from '../sample.js';

const document = `mutation Login($v: ID!) { # who
  login(phone: "13900000000", device: {imei: "1", os: [{n: "a"}, {n: "b"}], size: 5}, v: $v, kind: SMS) { token(len: 8) user { name } }
  login(phone: """block""") { token }
}`;

test('literals of arguments, input objects and lists', () => {
  const found = inside(document);
  expect(found).toMatchObject({
    '|graphql.login.phone': '13900000000',
    '|graphql.login.device.imei': '1',
    '|graphql.login.device.os[0].n': 'a',
    '|graphql.login.device.os[1].n': 'b',
    '|graphql.login.device.size': '5',
    '|graphql.token.len': '8',
    '|graphql.login[1].phone': 'block',
  });
  expect(Object.keys(found).some((path) => path.includes('kind') || path.endsWith('.v'))).toBe(false);
});

test('keys and the declared type', () => {
  const decoded = decodeRequest(request({ type: 'application/graphql', body: 'query { user(id: "7") { name } }' }));
  expect(fieldAt(decoded, 'body|graphql.user.id')).toMatchObject({ value: '7', keys: ['user', 'id'] });
});

test('words that only begin like it', () => {
  expect(inside('query string: {"x"')).toEqual({ '': 'query string: {"x"' });
  expect(() => opened(`query {${'a(b:"'.repeat(20_000)}`)).not.toThrow();
});

test('the short form of a query', () => {
  expect(inside('{user(mobile:"13900000000"){id}}')).toMatchObject({ '|graphql.user.mobile': '13900000000' });
  expect(inside('{ me: user(id: 7, mobile: "13900000000") { id } }')).toMatchObject({ '|graphql.user.mobile': '13900000000' });
  expect(inside('{user (see below): "x"}')).toEqual({ '': '{user (see below): "x"}' });
});
