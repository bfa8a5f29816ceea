import { beforeEach, describe, expect, test } from 'vitest';
import { Devices } from '../../src/capture/devices.js';
import { limits } from '../../src/limits.js';

let now = 1_000;
let devices: Devices;
beforeEach(() => {
  now = 1_000;
  devices = new Devices(() => now, []);
});
const PHONE = '10.0.0.2';

describe('refusals', () => {
  test('an alert on every host: the certificate is not trusted at all', () => {
    expect(devices.rejected(PHONE, 'a.test', 443, 'unknown_ca')).toMatchObject({
      reach: 'ca_not_trusted',
      cause: { code: 'OVR_CLIENT_CA_NOT_TRUSTED' },
    });
    expect(devices.rejected(PHONE, 'b.test', 443, 'certificate_unknown').reach).toBe('ca_not_trusted');
  });

  test('an alert on one host while others work: pinned; of another phone it says nothing', () => {
    devices.accepted(PHONE, 'good.test');
    expect(devices.rejected(PHONE, 'pin.test', 443, 'bad_certificate')).toMatchObject({
      reach: 'pinned',
      cause: { code: 'OVR_CLIENT_PINNED' },
    });
    expect(devices.rejected('10.0.0.3', 'pin.test', 443, 'bad_certificate').reach).toBe('ca_not_trusted');
  });

  test('an alert that is not about the certificate is a protocol error', () => {
    expect(devices.rejected(PHONE, 'a.test', 443, 'protocol_version')).toMatchObject({
      reach: 'failed',
      cause: { code: 'OVR_CLIENT_TLS' },
    });
    expect(devices.state(PHONE).hosts[0]).toMatchObject({
      rejected: 0,
      protocolErrors: 1,
      trust: 'protocol_error',
      lastAlert: 'TLS alert: protocol_version',
    });
  });

  test('the state of a host follows what its newest handshakes say', () => {
    const stateOf = (host: string) => devices.state(PHONE).hosts.find((one) => one.host === host)?.trust;
    devices.rejected(PHONE, 'a.test', 443, 'unknown_ca');
    expect(stateOf('a.test')).toBe('ca_not_trusted');
    devices.accepted(PHONE, 'b.test');
    devices.rejected(PHONE, 'a.test', 443, 'unknown_ca');
    expect(stateOf('a.test')).toBe('pinned');
    // A protocol error beside it does not unsay that.
    devices.protocolError(PHONE, 'a.test', 443, 'ERR_SSL_NO_SHARED_CIPHER');
    expect(stateOf('a.test')).toBe('pinned');
    devices.accepted(PHONE, 'a.test');
    expect(stateOf('a.test')).toBe('works');
    devices.passThrough(PHONE, 'c.test', 443);
    expect(stateOf('c.test')).toBeUndefined();
  });

  // "While 0 other hosts work" told a tester nothing.
  test('a refusal says what shows that the certificate is trusted', () => {
    const said = () => devices.rejected(PHONE, 'pin.test', 443, 'unknown_ca').cause.text;
    devices.probed(PHONE);
    expect(said()).toMatchObject({ zh: expect.stringContaining('信任测试已通过'), en: expect.stringContaining('the trust test') });
    devices.accepted(PHONE, 'pin.test');
    expect(said().en).toContain('this host worked before on the same phone');
    devices.accepted(PHONE, 'other.test');
    expect(said().en).toContain('while 1 other host of the same phone works');
    expect(said().zh).toContain('另有 1 个主机正常');
  });

  test('leaving without a word accuses nobody the first time, nor a host that works', () => {
    expect(devices.rejected(PHONE, 'a.test', 443, null).reach).toBe('failed');
    expect(devices.rejected(PHONE, 'a.test', 443, null).reach).toBe('ca_not_trusted');
    devices.accepted(PHONE, 'b.test');
    for (let times = 0; times < 5; times++) expect(devices.rejected(PHONE, 'b.test', 443, null).reach).toBe('failed');
  });

  test('leaving after the handshake: twice, and never after the host has worked', () => {
    expect(devices.abandoned(PHONE, 'a.test', 443)).toMatchObject({ reach: 'failed', cause: { code: 'OVR_CLIENT_SILENT' } });
    expect(devices.abandoned(PHONE, 'a.test', 443)?.cause.code).toBe('OVR_CLIENT_PINNED_SILENT');
    devices.accepted(PHONE, 'a.test');
    expect(devices.abandoned(PHONE, 'a.test', 443)).toBeNull();
  });
});

describe('pass-through', () => {
  test('by name, by suffix, and off again', () => {
    devices.setPassThrough('Pin.Test', true);
    devices.setPassThrough('*.bank.test', true);
    const passes = (host: string): boolean => devices.passThrough(PHONE, host, 443) !== null;
    expect(['pin.test', 'a.pin.test', 'x.y.bank.test', 'bank.test'].map(passes)).toEqual([true, false, true, false]);
    devices.setPassThrough('pin.test', false);
    expect(passes('pin.test')).toBe(false);
  });

  test('on its own only when asked for, only for that phone and host, and only for a while', () => {
    const auto = new Devices(() => now, [], 2);
    auto.rejected(PHONE, 'pin.test', 443, 'unknown_ca');
    expect(auto.passThrough(PHONE, 'pin.test', 443)).toBeNull();
    auto.rejected(PHONE, 'pin.test', 443, 'unknown_ca');
    expect(auto.passThrough(PHONE, 'pin.test', 443)?.code).toBe('OVR_PASSED_THROUGH_AUTO');
    expect(auto.passThrough('10.0.0.3', 'pin.test', 443)).toBeNull();
    expect(auto.state(PHONE).hosts[0]).toMatchObject({ rejected: 2, lastAlert: 'unknown_ca', passThrough: true });
    now += limits.autoPassThroughMs + 1;
    expect(auto.passThrough(PHONE, 'pin.test', 443)).toBeNull();
    for (let times = 0; times < 5; times++) devices.rejected(PHONE, 'pin.test', 443, 'unknown_ca');
    expect(devices.passThrough(PHONE, 'pin.test', 443)).toBeNull();
  });
});

test('lights and counts', () => {
  devices.reached(PHONE, false);
  expect(devices.state(PHONE).lights).toEqual({ reached: true, proxySet: false, downloaded: false, trusted: false });
  devices.downloaded(PHONE);
  devices.proxied(PHONE, 'captive.apple.com');
  expect(devices.state(PHONE)).toMatchObject({ connections: 0, lights: { proxySet: true } });
  devices.proxied(PHONE, 'api.test');
  devices.accepted(PHONE, 'a.test');
  devices.opened(PHONE);
  devices.opened(PHONE);
  devices.closed(PHONE);
  devices.label(PHONE, 'Test phone');
  now += 5;
  expect(devices.state(PHONE)).toMatchObject({
    label: 'Test phone',
    firstSeenAt: 1_000,
    lights: { reached: true, proxySet: true, downloaded: true, trusted: true },
    openConnections: 1,
    connections: 1,
    hosts: [{ host: 'a.test', accepted: 1 }],
  });
});

test('phones and hosts are bounded, and hostile names are only keys', () => {
  devices.accepted(PHONE, '__proto__');
  for (let count = 0; count < limits.deviceHosts + 10; count++) devices.accepted(PHONE, `h${count}`);
  expect(devices.state(PHONE).hosts).toHaveLength(limits.deviceHosts);
  for (let count = 0; count < limits.devices + 10; count++) devices.reached(`10.1.${count >> 8}.${count & 255}`, false);
  expect(devices.all().length).toBeLessThanOrEqual(limits.devices);
});
