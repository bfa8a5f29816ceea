import { expect, test } from 'vitest';
import { issueOf, judgedOne } from '../case.js';

const to = (host: string, type = 'phone_number') => issueOf('third_party', judgedOne(['online_shopping'], type, { host }));

test('a receiver known to be somebody else, even for data on the list', () => {
  expect(to('x.ads.example')?.text.zh).toContain('第三方AdKit公司（AdKit，广告）');
  expect(to('x.ads.example')?.clause).toContain('5.1');
});

test('not the own server, not an unknown one, not a processor of bytes, not technical data', () => {
  expect(to('api.own.example')).toBeNull();
  expect(to('unknown.test')).toBeNull();
  expect(to('x.cdn.example')).toBeNull();
  expect(to('x.ads.example', 'user_agent')).toBeNull();
});
