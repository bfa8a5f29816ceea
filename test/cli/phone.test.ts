import { expect, test } from 'vitest';
import { authority, onboardingFor, reachableAddresses, terminalQr } from '../../src/cli/phone.js';

test('a listener on one address has that address; one on all has at least one that a phone could use', () => {
  expect(reachableAddresses('192.168.7.1')).toEqual(['192.168.7.1']);
  const all = reachableAddresses('0.0.0.0');
  expect(all.length).toBeGreaterThan(0);
  expect(all[0]).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
});

test('the QR code leads to the page for the phone', async () => {
  const onboarding = await onboardingFor({ host: '192.168.7.1', port: 8080 });
  expect(onboarding.url).toBe('http://192.168.7.1:8080/');
  expect(onboarding.qrSvg).toContain('<svg');
  expect((await terminalQr(onboarding.url)).split('\n').length).toBeGreaterThan(10);
  expect(authority('::1', 8080)).toBe('[::1]:8080');
});
