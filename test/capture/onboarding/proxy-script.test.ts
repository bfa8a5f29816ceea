import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { proxyScript } from '../../../src/capture/onboarding/proxy-script.js';

test('every host goes to the proxy and nowhere else', () => {
  const find = runInNewContext(`${proxyScript('192.168.1.5:8080')};FindProxyForURL`) as (url: string, host: string) => string;
  expect(find('https://a.test/', 'a.test')).toBe('PROXY 192.168.1.5:8080');
});
