import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { MAGIC_HOST, startCapture } from '../../src/capture/index.js';
import { dial, listen, startLab, temporaryFolder, tunnel, until } from './lab.js';

test('listens where it says, and stops with every connection ended and told', async () => {
  const echo = await listen(createServer((socket) => socket.pipe(socket)));
  const { capture, port, tap } = await startLab();
  expect(capture.address).toEqual({ host: '127.0.0.1', port });
  expect(capture.caPath).toMatch(/ca\.pem$/);
  const wire = await tunnel(port, `127.0.0.1:${echo}`);
  wire.socket.write('\0x');
  await wire.expect('\0x');
  await capture.close();
  expect(tap.closes()).toHaveLength(1);
  await until(() => wire.closed || wire.ended);
  await expect(dial(port)).rejects.toThrow(/ECONNREFUSED/);
});

test('what is tapped, and a phone that is seen, are stamped by the clock that is given for it', async () => {
  const echo = await listen(createServer((socket) => socket.pipe(socket)));
  const { capture, port, tap } = await startLab({ recordNow: () => 42 });
  const wire = await tunnel(port, `127.0.0.1:${echo}`);
  wire.socket.write('\0x');
  await wire.expect('\0x');
  expect(new Set(tap.events.map(({ at }) => at))).toEqual(new Set([42]));
  // A phone must not have been seen before the session in which it was.
  expect(capture.devices().map(({ firstSeenAt, lastSeenAt }) => [firstSeenAt, lastSeenAt])).toEqual([[42, 42]]);
});

test('ids of connections are told apart, within a run and between runs', async () => {
  const echo = await listen(createServer((socket) => socket.pipe(socket)));
  const ids = new Set<string>();
  let clock = Date.now();
  for (let run = 0; run < 2; run++) {
    const { port, tap } = await startLab({ now: () => clock++ });
    for (let times = 0; times < 3; times++) (await tunnel(port, `127.0.0.1:${echo}`)).socket.write('\0');
    await until(() => tap.opens().length === 3);
    for (const open of tap.opens()) ids.add(open.connection);
  }
  expect(ids.size).toBe(6);
});

test('an impossible port, a broken root and a bad parent are errors before anything listens', async () => {
  const base = { listen: { host: '127.0.0.1', port: 0 }, dataDir: temporaryFolder(), onTap: () => undefined };
  await expect(startCapture({ ...base, listen: { host: '127.0.0.1', port: 70_000 } })).rejects.toMatchObject({ code: 'OVR_LISTEN' });
  await expect(startCapture({ ...base, upstreamCa: 'x' })).rejects.toMatchObject({ code: 'OVR_UPSTREAM_CA' });
  await expect(startCapture({ ...base, parentProxy: 'nonsense' })).rejects.toMatchObject({ code: 'OVR_PARENT_PROXY_URL' });
});

test('an open proxy is refused before anything listens', async () => {
  await expect(startLab({ allowedPeers: ['any'] })).rejects.toMatchObject({ code: 'OVR_OPEN_PROXY' });
  await expect(startLab({ allowedPeers: ['everyone'] })).rejects.toMatchObject({ code: 'OVR_ALLOW_PEER' });
  expect((await startLab({ allowedPeers: ['any'], credentials: { user: 'a', password: 'b' } })).port).toBeGreaterThan(0);
});

test('the magic host, its subdomains and the port itself are the onboarding page, through the proxy', async () => {
  const { port } = await startLab();
  for (const authority of [MAGIC_HOST, `www.${MAGIC_HOST}`, `127.0.0.1:${port}`, `localhost:${port}`]) {
    const wire = await dial(port);
    wire.socket.write(`GET http://${authority}/ HTTP/1.1\r\nHost: ${authority}\r\n\r\n`);
    await wire.expect('</html>');
    expect(wire.text, authority).toContain('<title>Overreach');
  }
});
