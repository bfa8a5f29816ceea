import { expect, test } from 'vitest';
import { upstreamTrust } from '../../src/capture/trust-store.js';
import { originRoot } from './lab.js';

test('roots are added, and what is no certificate is refused with its code', () => {
  expect(upstreamTrust(null)).toBeDefined();
  expect(upstreamTrust(originRoot().certificate)).toBeDefined();
  expect(() => upstreamTrust('not PEM')).toThrow(expect.objectContaining({ code: 'OVR_UPSTREAM_CA' }));
  expect(() => upstreamTrust('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')).toThrow(
    expect.objectContaining({ code: 'OVR_UPSTREAM_CA' }),
  );
});
