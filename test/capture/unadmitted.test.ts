import { createServer } from 'node:net';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { Unadmitted } from '../../src/capture/unadmitted.js';
import { limits } from '../../src/limits.js';
import { dial, listen, startLab, tunnel, until } from './lab.js';

const PHONE = { address: '10.0.0.2', port: 5 };
const API = { host: 'api.example.test', port: 443 };

function watched() {
  const log: string[] = [];
  const unadmitted = new Unadmitted({
    onMissing: ({ address, port }, { host }) => log.push(`missing ${address}:${port} ${host}`),
    onStranger: (address) => log.push(`stranger ${address}`),
  });
  return { log, unadmitted };
}

describe('incident: an app that does not send the proxy password was refused for ever, and nobody was told', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
  });

  test('of a phone that is admitted otherwise each refused request is missing', () => {
    const { log, unadmitted } = watched();
    unadmitted.refused(PHONE, API);
    unadmitted.refused({ ...PHONE, port: 6 }, API);
    unadmitted.admitted(PHONE.address, { host: 'browser.example.test', port: 443 });
    vi.advanceTimersByTime(limits.credentialsMs - 1);
    expect(log).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(log).toEqual(['missing 10.0.0.2:5 api.example.test', 'missing 10.0.0.2:6 api.example.test']);
    unadmitted.refused(PHONE, API);
    vi.advanceTimersByTime(limits.credentialsMs);
    expect(log).toHaveLength(3);
  });

  test('asked once, answered: no event', () => {
    const { log, unadmitted } = watched();
    unadmitted.refused(PHONE, API);
    unadmitted.admitted(PHONE.address, API);
    vi.advanceTimersByTime(2 * limits.credentialsMs);
    expect(log).toEqual([]);
  });

  test('incident: what was refused in the last seconds of a session was missing from it without a word, or stood in the next one', () => {
    const { log, unadmitted } = watched();
    unadmitted.admitted(PHONE.address, { host: 'browser.example.test', port: 443 });
    unadmitted.refused(PHONE, API);
    unadmitted.settle();
    expect(log).toEqual(['missing 10.0.0.2:5 api.example.test']);
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(2 * limits.credentialsMs);
    expect(log).toHaveLength(1);
  });

  test('a stranger is told of once, and not endlessly many are', () => {
    const { log, unadmitted } = watched();
    for (let n = 0; n < 2 * limits.refusedPeers; n++)
      for (const host of ['a.test', 'b.test']) unadmitted.refused({ address: `203.0.113.${n}`, port: 1 }, { host, port: 80 });
    vi.advanceTimersByTime(limits.credentialsMs);
    expect(log).toEqual(Array.from({ length: limits.refusedPeers }, (_, n) => `stranger 203.0.113.${n}`));
  });

  test('what waits is bounded, and beyond the bound nothing waits', () => {
    const { log, unadmitted } = watched();
    unadmitted.admitted(PHONE.address, { host: 'other.test', port: 443 });
    for (let n = 0; n < limits.deviceHosts + 2; n++) unadmitted.refused(PHONE, { host: `h${n}.test`, port: 443 });
    expect(log).toHaveLength(2);
    vi.advanceTimersByTime(limits.credentialsMs);
    expect(log).toHaveLength(limits.deviceHosts + 2);
  });
});

test('every way in tells of it', async () => {
  const refused = vi.spyOn(Unadmitted.prototype, 'refused');
  const admitted = vi.spyOn(Unadmitted.prototype, 'admitted');
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  const echo = await listen(createServer((socket) => socket.pipe(socket)));
  const { port } = await startLab({ credentials: { user: 'u', password: 'p' } });
  const target = `127.0.0.1:${echo}`;
  await expect(tunnel(port, target)).rejects.toThrow(/407/);
  const plain = await dial(port);
  plain.socket.write(`GET http://${target}/ HTTP/1.1\r\nHost: x\r\n\r\n`);
  await plain.expect('407');
  for (const greeting of [Buffer.from([5, 1, 0]), Buffer.from([5, 1, 2, 1, 1, 0x75, 1, 0x71])]) {
    const socks = await dial(port);
    socks.socket.write(greeting);
    await until(() => socks.ended);
  }
  const at = { host: '127.0.0.1', port: echo };
  const nowhere = { host: '?', port: 0 };
  expect(refused.mock.calls.map(([, where]) => where)).toEqual([at, at, nowhere, nowhere]);
  expect(admitted).not.toHaveBeenCalled();
  await tunnel(port, target, `Proxy-Authorization: Basic ${Buffer.from('u:p').toString('base64')}\r\n`);
  expect(admitted).toHaveBeenCalledWith('127.0.0.1', at);
});

test('where nobody is asked for credentials, a broken greeting is no lack of them', async () => {
  const refused = vi.spyOn(Unadmitted.prototype, 'refused');
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  const { port } = await startLab();
  for (const greeting of [Buffer.from([5, 1, 9]), Buffer.from([5, 1, 2, 5, 1, 0x75, 1, 0x71])]) {
    const socks = await dial(port);
    socks.socket.write(greeting);
    await until(() => socks.ended);
  }
  expect(refused).not.toHaveBeenCalled();
});

test('what is missing stands in the record', async () => {
  const due: Array<() => void> = [];
  const later = globalThis.setTimeout;
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms?: number) => {
    if (ms === limits.credentialsMs) due.push(run);
    return later(run, ms);
  }) as typeof setTimeout);
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  const { port, tap } = await startLab({ credentials: { user: 'u', password: 'p' } });
  await expect(tunnel(port, 'api.example.test:443')).rejects.toThrow(/407/);
  await tunnel(port, '127.0.0.1:1', `Proxy-Authorization: Basic ${Buffer.from('u:p').toString('base64')}\r\n`);
  for (const run of due) run();
  expect(tap.opens()).toMatchObject([
    { host: 'api.example.test', port: 443, reach: 'failed', cause: { code: 'OVR_PROXY_CREDENTIALS' }, client: { user: null } },
  ]);
  expect(tap.closes()[0]?.failure?.code).toBe('proxy-credentials');
});
