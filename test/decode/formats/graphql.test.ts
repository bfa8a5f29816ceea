import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { limits } from '../../../src/limits.js';
import { threadTime } from '../../processor-time.js';
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

test('incident: each escaped quote of a string without its end was tried as the beginning of another', () => {
  const started = threadTime();
  const text = `query a { x(imei: "866123456789018", b: ${'\\"'.repeat(100_000)}`;
  expect(opened(text, 'application/graphql')).toMatchObject({ 'body|graphql.x.imei': '866123456789018' });
  expect(threadTime() - started).toBeLessThan(2_000);
});

test('of a document that was cut in a string all before it is read, and the rest stays', () => {
  const found = inside('mutation { login(phone: "13900000000", name: "sam');
  expect(found).toMatchObject({ '|graphql.login.phone': '13900000000' });
  expect(Object.values(found)).toContain('"sam');
});

test('a long document is read to the bound that all have, and the bound is told', () => {
  const many = `query { a(ids: [${'"v",'.repeat(limits.decodeFields + 1)}]) }`;
  const decoded = decodeRequest(request({ type: 'application/graphql', body: many }));
  expect(decoded.fields.length).toBeGreaterThan(limits.decodeFields / 2);
  expect(decoded.limits.map(({ limit }) => limit)).toEqual(['decodeFields']);
});

test('incident: a document whose quotes were escaped lost the values between them', () => {
  const text = 'mutation { save(a: 1, phone: &quot;13900000000&quot;) { ok } }';
  expect(Object.values(opened(text, 'application/graphql')).some((value) => value.includes('13900000000'))).toBe(true);
});
