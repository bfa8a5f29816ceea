import { expect, test } from 'vitest';
import { readAuthority, writeAuthority } from '../../src/capture/authority.js';

test.each([
  ['Example.CN:443', { host: 'example.cn', port: 443 }],
  ['[::1]:8443', { host: '::1', port: 8443 }],
  ['[FD00::1]', { host: 'fd00::1', port: 80 }],
  ['a.test', { host: 'a.test', port: 80 }],
  ['a.test:', { host: 'a.test', port: 80 }],
  ['user:pass@a.test:81', { host: 'a.test', port: 81 }],
  [Buffer.from('例え.jp:80', 'utf8').toString('latin1'), { host: 'xn--r8jz45g.jp', port: 80 }],
  ['::1', null],
  ['::1:80', null],
  ['[::1', null],
  ['[127.0.0.1]:80', null],
  ['a.test:0', null],
  ['a.test:65536', null],
  ['a.test:80x', null],
  ['', null],
  [':80', null],
])('%s', (text, expected) => {
  expect(readAuthority(text, 80)).toEqual(expected);
});

test('a port may be demanded', () => {
  expect(readAuthority('a.test', null)).toBeNull();
  expect(readAuthority('a.test:1', null)).toEqual({ host: 'a.test', port: 1 });
});

test('writing leaves the default port out and brackets IPv6', () => {
  expect(writeAuthority('::1', 80, 80)).toBe('[::1]');
  expect(writeAuthority('a.test', 81, 80)).toBe('a.test:81');
});
