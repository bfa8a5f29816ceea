import { expect, test } from 'vitest';
import { loginOf } from '../../src/detect/logins.js';

test.each([
  ['SAPISID', 'Google'],
  ['__Secure-3PAPISID', 'Google'],
  ['BDUSS_BFESS', 'Baidu'],
  ['SUB', 'Sina, Weibo'],
  ['cookie2', 'Alibaba'],
  ['SESSDATA', 'Bilibili, Zhihu, Douban, NetEase, iQIYI'],
])('%s is of %s', (name, company) => {
  expect(loginOf(name)).toBe(company);
});

test.each(['sub', 'sid', '', 'ssid', 'theme', 'x'.repeat(1_000)])('%s is of nobody', (name) => {
  expect(loginOf(name)).toBeNull();
});
