import { expect, test } from 'vitest';
import { party } from '../../../src/rulebook/schema/party.js';

const parse = (suffix: string) =>
  party.safeParse({ company: { zh: '甲', en: 'A' }, hosts: [{ suffix, purpose: 'push', reason: 'its own page' }] });

test('a suffix is whole labels in lower case', () => {
  for (const good of ['a.com', 'x.a.com.cn', 'a-b.xn--fiqs8s']) expect(parse(good).success).toBe(true);
  for (const bad of ['com', '.a.com', '*.a.com', 'A.com', 'a.com.', 'a.com:443', 'https://a.com', 'a..com'])
    expect(parse(bad).success).toBe(false);
});

test('no receiver without purpose and reason; the SDK may be unknown', () => {
  expect(parse('a.com').data?.hosts[0]?.sdk).toBeNull();
  expect(party.safeParse({ company: { zh: '甲', en: 'A' }, hosts: [{ suffix: 'a.com', purpose: 'push' }] }).success).toBe(false);
  expect(party.safeParse({ company: { zh: '甲', en: 'A' }, hosts: [] }).success).toBe(false);
});
