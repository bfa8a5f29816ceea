import { expect, test } from 'vitest';
import { Facts } from '../../src/judge/facts.js';
import type { Occurrence } from '../../src/model/finding.js';
import { occurrence } from './case.js';

const SETTINGS = {
  consentOf: (scene: string | null) => (scene === 'refused' ? ('refused' as const) : null),
  containers: [{ words: ['resume'], fields: ['gender'] }],
  services: [
    { field: 'wechat_id', categories: null, values: '^o[0-9A-Za-z_-]{27,28}$', text: { zh: '甲', en: 'a' } },
    { field: 'password', categories: null, notWords: ['wifi', 'service password'], text: { zh: '甲', en: 'a' } },
  ],
  counted: (type: string) => type === 'imei',
  windowMs: 60_000,
  threshold: 10,
};
function facts(...all: Array<Partial<Occurrence>>): Facts {
  const occurrences = all.map((more) => occurrence('phone_number', more));
  const made = new Facts(occurrences[0] ?? occurrence('phone_number'), SETTINGS);
  for (const one of occurrences) made.add(one);
  return made;
}

test('first and last, count and best grade', () => {
  const made = facts({ at: 5, grade: 'probable' }, { at: 3, grade: 'confirmed', exchange: 9 }, { at: 8, grade: 'strong' });
  expect(made).toMatchObject({ count: 3, firstSeen: 3, lastSeen: 8, grade: 'confirmed', first: { at: 3, exchange: 9 } });
});

test('scenes are counted by consent; unknown scenes count as unmarked', () => {
  const made = facts({ scene: 'refused', exchange: 4 }, { scene: 'refused', exchange: 2 }, { scene: 'gone' }, {});
  expect(made.consent).toEqual({ refused: { count: 2, first: expect.objectContaining({ exchange: 2 }) } });
  expect(made.unmarked).toBe(2);
});

test('cleartext and URL are tallied where they happened', () => {
  const made = facts({ secure: false, exchange: 3 }, { part: 'query', exchange: 5 }, { part: 'url', exchange: 6 });
  expect(made.cleartext).toMatchObject({ count: 1, first: { exchange: 3 } });
  expect(made.inUrl).toMatchObject({ count: 2, first: { exchange: 5 } });
});

test('digests count unless salted or keyed', () => {
  for (const form of ['md5', 'MD5', 'md5-16', 'md5-upper', 'sha1', 'sha-1', 'sha256', 'sha256-base64', 'sm3', 'md5|base64'])
    expect(facts({ form }).digest?.count, form).toBe(1);
  for (const form of ['plain', 'base64', 'hmac-sha256', 'md5-salted', 'sha1-salt', null, 'md5sumish9'.slice(0, 7)])
    expect(facts({ form }).digest, String(form)).toBeNull();
  expect([...facts({ form: 'md5' }, { form: 'sha1' }, { form: 'md5' }).digestForms]).toEqual(['md5', 'sha1']);
});

test('positions in numbers are told from names and prices', () => {
  for (const value of ['31.230416,121.473701', '31.2304', '-31.2304 | 121.4737', '121.473701'])
    expect(facts({ value }).coordinates, value).not.toBeNull();
  for (const value of ['上海虹桥站', '31', '12.50', 'AOH', '2026.01', '31.2304,121.4737,5'])
    expect(facts({ value }).coordinates, value).toBeNull();
});

test('inside a container by whole words of URL path or field path', () => {
  for (const more of [{ url: 'https://x.test/v1/resume/save' }, { url: 'https://x.test/saveResume' }, { path: 'body.$.resume.sex' }])
    expect(facts(more).inside, JSON.stringify(more)).toEqual([1]);
  for (const more of [{ url: 'https://resume.test/save' }, { url: 'https://x.test/save?from=resume' }, { url: 'https://x.test/resumed' }])
    expect(facts(more).inside, JSON.stringify(more)).toEqual([0]);
});

test('minors', () => {
  expect(facts({ dataType: 'age', value: '9' }).under14?.count).toBe(1);
  expect(facts({ dataType: 'age', value: '39' }).under14).toBeNull();
});

test('the first place is the same whatever came first', () => {
  const a = { at: 1, exchange: 1, message: null, path: 'b' };
  const b = { at: 1, exchange: 1, message: null, path: 'a' };
  const c = { at: 1, exchange: 1, message: 0, path: 'a' };
  expect(facts(a, b, c).first).toEqual(facts(c, b, a).first);
  expect(facts(a, b, c).first.path).toBe('a');
});

test('how often only for the types that are looked at', () => {
  expect(facts({ dataType: 'imei', exchange: 1 }, { dataType: 'imei', exchange: 2 }).peak()).toBe(2);
  expect(facts({ exchange: 1 }, { exchange: 2 }).peak()).toBe(0);
});

test('of the service itself is what the pack means by it, in value and in place', () => {
  const all = (dataType: string, ...more: Array<Partial<Occurrence>>) => facts(...more.map((one) => ({ dataType, ...one }))).beyondService;
  const openId = 'oABCD1234efgh5678IJKL9012mno';
  expect(all('wechat_id', { value: openId }, { value: openId })).toBe(false);
  expect(all('wechat_id', { value: openId }, { value: 'zhang_san88' })).toBe(true);
  expect(all('password', { path: 'body.$.password', url: 'https://api.own.example/login' })).toBe(false);
  expect(all('password', { path: 'body.$.wifiPwd' })).toBe(true);
  expect(all('password', { path: 'body.$.service_password' })).toBe(true);
  expect(all('password', { path: 'body.$.password', url: 'https://api.own.example/user-service/password' })).toBe(false);
  expect(all('nickname', { path: 'body.$.wifi' })).toBe(false);
});
