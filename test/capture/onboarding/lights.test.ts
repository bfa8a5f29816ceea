import { expect, test } from 'vitest';
import type { DeviceState } from '../../../src/capture/devices.js';
import { lightsOf } from '../../../src/capture/onboarding/lights.js';

function device(lights: Partial<DeviceState['lights']>, rest: Partial<DeviceState> = {}): DeviceState {
  return {
    address: '10.0.0.2',
    label: null,
    known: null,
    firstSeenAt: 0,
    lastSeenAt: 0,
    lights: { reached: true, proxySet: false, downloaded: false, trusted: false, ...lights },
    openConnections: 0,
    connections: 0,
    hosts: [],
    ...rest,
  };
}

function states(state: DeviceState, now = 0): string[] {
  return lightsOf(state, 'overreach.test', now, 'en').lights.map((light) => light.state);
}

test('a light is on only for what was seen', () => {
  expect(states(device({}))).toEqual(['on', 'off', 'off', 'off']);
  expect(states(device({ proxySet: true, downloaded: true }))).toEqual(['on', 'on', 'waiting', 'off']);
  expect(states(device({ proxySet: true, trusted: true }))).toEqual(['on', 'on', 'on', 'on']);
});

test('a refused probe is a problem of trust', () => {
  const hosts = [
    {
      host: 'overreach.test',
      accepted: 0,
      rejected: 1,
      protocolErrors: 0,
      trust: 'ca_not_trusted' as const,
      lastAlert: 'unknown_ca',
      passThrough: false,
    },
  ];
  expect(states(device({ downloaded: true }, { hosts }))).toEqual(['on', 'off', 'waiting', 'problem']);
  // A phone that has just come has nothing wrong with it.
  expect(states(device({}, { hosts }))).toEqual(['on', 'off', 'off', 'off']);
  expect(lightsOf(device({}, { hosts }), 'overreach.test', 0, 'zh-CN').lights[3]?.text).toContain('请先安装证书');
});

test('an app that refuses the certificate while the phone trusts it gets the reason', () => {
  const host = (name: string, accepted: number, rejected: number) => ({
    host: name,
    accepted,
    rejected,
    protocolErrors: 0,
    trust: null,
    lastAlert: null,
    passThrough: false,
  });
  const advice = (hosts: DeviceState['hosts']) =>
    lightsOf(device({ proxySet: true, trusted: true }, { hosts, connections: 3 }), 'overreach.test', 0, 'en').advice;
  expect(advice([host('overreach.test', 1, 0), host('api.test', 0, 3)])).toMatch(/debuggable build/);
  expect(advice([host('overreach.test', 1, 0), host('api.test', 0, 3), host('web.test', 1, 0)])).toBeNull();
  expect(advice([host('overreach.test', 1, 1)])).toBeNull();
});

test('a ready phone whose app is silent for a minute gets the likely causes, in its language', () => {
  const ready = device({ proxySet: true, trusted: true });
  expect(lightsOf(ready, 'overreach.test', 59_000, 'en').advice).toBeNull();
  expect(lightsOf(ready, 'overreach.test', 61_000, 'en').advice).toMatch(/Flutter.*QUIC/);
  expect(lightsOf(ready, 'overreach.test', 61_000, 'zh-CN').advice).toMatch(/不走系统代理/);
  expect(lightsOf({ ...ready, connections: 1 }, 'overreach.test', 61_000, 'en').advice).toBeNull();
});
