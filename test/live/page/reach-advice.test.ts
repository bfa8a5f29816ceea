import { expect, test } from 'vitest';
import { adviceFor, passingHelps } from '../../../src/live/page/reach-advice.js';

test('a refused destination is told to check no network, and is not offered a way around', () => {
  for (const code of ['OVR_DESTINATION_OWN', 'OVR_DESTINATION_LINK_LOCAL', 'OVR_PARENT_PROXY', 'OVR_UPSTREAM_DNS', 'OVR_HTTP_AMBIGUOUS']) {
    expect([code, adviceFor('failed', code), passingHelps('failed', code)]).toEqual([code, null, false]);
  }
});

test('incident: a phone that left while its server was looked up was told to be a matter of certificates, and the host to be passed through', () => {
  expect([adviceFor('failed', 'OVR_CLIENT_LEFT'), passingHelps('failed', 'OVR_CLIENT_LEFT')]).toEqual([null, false]);
});

test('where TLS with one of the two failed, passing through may help', () => {
  expect([adviceFor('failed', 'OVR_UPSTREAM_CERT_WRONG_HOST'), passingHelps('failed', 'OVR_UPSTREAM_CERT_WRONG_HOST')]).toEqual([
    null,
    true,
  ]);
  expect([adviceFor('failed', 'OVR_CLIENT_CLOSED_HANDSHAKE'), passingHelps('failed', 'OVR_CLIENT_CLOSED_HANDSHAKE')]).toEqual([
    'coverage.next.client',
    true,
  ]);
  expect([adviceFor('failed', 'OVR_UPSTREAM_CLOSED'), passingHelps('failed', 'OVR_UPSTREAM_CLOSED')]).toEqual([
    'coverage.next.failed',
    true,
  ]);
  for (const reach of ['pinned', 'ca_not_trusted', 'passed_through'] as const)
    expect([adviceFor(reach, undefined), passingHelps(reach, undefined)]).toEqual([`coverage.next.${reach}`, true]);
});

test('what failed for an unknown reason gets the general step; what was read gets none', () => {
  expect([adviceFor('failed', undefined), passingHelps('failed', undefined)]).toEqual(['coverage.next.failed', false]);
  expect([adviceFor('not_inspected', undefined), passingHelps('not_inspected', undefined)]).toEqual(['coverage.next.not_inspected', false]);
  expect([adviceFor('decrypted', 'OVR_HTTP3_OFFERED'), passingHelps('decrypted', undefined)]).toEqual([null, false]);
});
