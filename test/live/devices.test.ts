import { expect, test } from 'vitest';
import { DeviceList } from '../../src/live/devices.js';
import * as schema from '../../src/live/schema.js';
import type { Connection, SeenDevice } from '../../src/model/session.js';
import { FakeAudit, party } from './fake-audit.js';
import { bearer, startFake } from './server.js';

let made = 0;
function connection(address: string, part: Partial<Connection> = {}, client: Partial<Connection['client']> = {}): Connection {
  made += 1;
  return {
    id: `c${made}`,
    at: 1_000 + made,
    client: { address, port: made, user: null, ...client },
    host: 'api.example.test',
    port: 443,
    serverAddress: null,
    protocol: 'http/1.1',
    reach: 'decrypted',
    cause: null,
    bytesUp: 0,
    bytesDown: 0,
    notAnalysed: 0,
    ...part,
  };
}
const seen = (address: string, part: Partial<SeenDevice> = {}): SeenDevice => ({
  address,
  firstSeen: 500,
  lastSeen: 9_000,
  known: null,
  lights: { proxySet: false, downloaded: false, trusted: false },
  ...part,
});

test('each address is a device, with its requests, its hosts by what became of them, and the lights of the onboarding page', () => {
  const http3 = { code: 'OVR_HTTP3_OFFERED', text: { zh: '', en: '' } };
  const list = new DeviceList([
    connection('10.0.0.2', { host: 'a.test', cause: http3 }),
    connection('10.0.0.2', { host: 'pin.test', reach: 'pinned' }),
    connection('10.0.0.2', { host: 'pin.test', reach: 'pinned' }),
    connection('10.0.0.3', { host: 'b.test', reach: 'ca_not_trusted' }),
  ]);
  list.count([{ client: '10.0.0.2', exchanges: 3, first: 2_000, last: 3_000 }], 3);
  list.count([{ client: '10.0.0.2', exchanges: 1, first: 4_000, last: 4_000 }], 4);
  const [first, second, third] = list.list(
    [{ address: '10.0.0.2', label: '测试机' }],
    [seen('10.0.0.4', { firstSeen: 8_000, known: 'iPhone · iOS 17.4', lights: { proxySet: false, downloaded: true, trusted: false } })],
  );
  expect(first).toMatchObject({
    address: '10.0.0.2',
    label: '测试机',
    exchanges: 4,
    names: ['10.0.0.2'],
    lastSeen: 4_000,
    lights: { reached: true, proxySet: true, downloaded: false, trusted: true },
    hosts: { read: 1, pinned: 1, refused: 0, passedThrough: 0, http3: 1 },
  });
  expect(second).toMatchObject({ label: null, exchanges: 0, lights: { proxySet: true, trusted: false }, hosts: { refused: 1 } });
  expect(third).toMatchObject({ known: 'iPhone · iOS 17.4', names: [], exchanges: 0, lights: { proxySet: false, downloaded: true } });
});

test('names that adb or a proxy user give belong to the phone they come from; a name of two phones is counted for neither', () => {
  const app = { uid: 10_001, packages: ['com.example.app'], system: false };
  const list = new DeviceList([
    connection('10.0.0.2', {}, { app }),
    connection('10.0.0.3', {}, { user: 'team' }),
    connection('10.0.0.4', {}, { user: 'team' }),
  ]);
  list.count(
    [
      { client: 'com.example.app', exchanges: 2, first: 1, last: 2 },
      { client: 'team', exchanges: 5, first: 1, last: 2 },
    ],
    7,
  );
  expect(list.list([], []).map(({ exchanges, names }) => [exchanges, names])).toEqual([
    [2, ['com.example.app']],
    [null, ['team']],
    [null, ['team']],
  ]);
});

test('the list of a running session counts on, has who only opened the onboarding page, and keeps the label that was given', async () => {
  const audit = new FakeAudit(1_000);
  const receiver = party('a.example', null, null, null, null);
  audit.send({ party: receiver, path: '/1', evidence: [] });
  const phones = [seen('192.168.31.50', { firstSeen: 5_000 }), seen('192.168.31.60', { lastSeen: 900 })];
  const live = await startFake(audit, { devices: () => phones });
  const client = bearer(live);
  const ask = async () => schema.deviceList.parse((await client.get('/api/sessions/s-demo-1/devices')).json()).devices;
  expect((await ask()).map(({ address, exchanges }) => [address, exchanges])).toEqual([
    ['192.168.31.44', 1],
    ['192.168.31.50', 0],
  ]);
  audit.send({ party: receiver, path: '/2', evidence: [] });
  audit.publish([], [], [connection('192.168.31.77', { at: 7_000 })]);
  expect((await ask()).map(({ address, exchanges }) => [address, exchanges])).toEqual([
    ['192.168.31.44', 2],
    ['192.168.31.50', 0],
    ['192.168.31.77', 0],
  ]);
  const devices = [{ address: '192.168.31.44', label: ' 小米 14 ' }];
  expect((await client.post('/api/sessions/s-demo-1/subject', { devices })).status).toBe(200);
  expect((await ask())[0]?.label).toBe('小米 14');
  for (const wrong of [
    [{ address: '192.168.31.44', label: '  ' }],
    [{ address: '', label: 'x' }],
    [{ address: 'x', label: 'y'.repeat(61) }],
  ])
    expect((await client.post('/api/sessions/s-demo-1/subject', { devices: wrong })).status).toBe(400);
  expect((await client.get('/api/sessions/none/devices')).status).toBe(404);
  await live.close();
});

test('of a session that is over its store tells what was known of its phones, whatever the proxy sees now', async () => {
  const audit = new FakeAudit(1_000);
  audit.others.push({
    ...audit.store.sessions(null)[0]!,
    session: { ...audit.session(), id: 'old', status: 'ended', startedAt: 100, endedAt: 900 },
  });
  const lights = { proxySet: true, downloaded: true, trusted: false };
  audit.noted.set('old', [seen('192.168.31.50', { known: 'iPhone · iOS 17.4', lights })]);
  audit.noted.set('s-demo-1', [seen('192.168.31.70', { known: 'forgotten by the proxy' }), seen('192.168.31.50', { known: 'as noted' })]);
  const now = [seen('192.168.31.50', { firstSeen: 500, lastSeen: 9_000, known: 'Pixel 8 · Android 14' })];
  const live = await startFake(audit, { devices: () => now });
  const ask = async (id: string) =>
    schema.deviceList
      .parse((await bearer(live).get(`/api/sessions/${id}/devices`)).json())
      .devices.map((device) => [device.known, device.firstSeen, device.lights.downloaded]);
  expect(await ask('old')).toEqual([['iPhone · iOS 17.4', 500, true]]);
  expect(await ask('s-demo-1')).toEqual([
    ['forgotten by the proxy', 500, false],
    ['Pixel 8 · Android 14', 1_000, false],
  ]);
  await live.close();
});
