import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { AddressPolicy } from '../../src/capture/address-policy.js';
import { Dialler } from '../../src/capture/dialler.js';
import { upstreamTrust } from '../../src/capture/trust-store.js';
import { Upstream } from '../../src/capture/upstream.js';
import { listen, sleep } from './lab.js';

let asked = 0;
const policy = new AddressPolicy({
  allowLoopback: true,
  own: () => [],
  // A name that flips: the first answer is judged, and must be the one connected to.
  resolve: async (host) =>
    host === 'flips.test' ? [{ address: asked++ === 0 ? '127.0.0.1' : '169.254.169.254', family: 4 as const }] : [],
});
const dialler = new Dialler(policy, new Upstream({ trust: upstreamTrust(null), insecureHosts: [], parent: null }));

test('connects to the very address that was judged, asking the resolver once', async () => {
  const port = await listen(createServer());
  const socket = await dialler.dial({ host: 'flips.test', port });
  expect([socket.remoteAddress, asked]).toEqual(['127.0.0.1', 1]);
  expect(dialler.addressOf(socket)).toBe('127.0.0.1');
  socket.destroy();
  await expect(dialler.dial({ host: 'flips.test', port })).rejects.toMatchObject({ causeCode: 'OVR_DESTINATION_LINK_LOCAL' });
});

test('refusals and failures are all told by a cause', async () => {
  await expect(dialler.begin({ host: 'none.test', port: 80 })).rejects.toMatchObject({ causeCode: 'OVR_UPSTREAM_DNS' });
  await expect(dialler.begin({ host: '0x7f.1', port: 80 })).rejects.toMatchObject({ causeCode: 'OVR_DESTINATION_NUMERIC' });
  await expect(dialler.dial({ host: '127.0.0.1', port: 1 })).rejects.toMatchObject({ causeCode: 'OVR_UPSTREAM_REFUSED' });
});

test('a connection begun and never waited for does not end the process', async () => {
  const { origin } = await dialler.begin({ host: '127.0.0.1', port: 1 });
  await sleep(50);
  await expect(origin).rejects.toMatchObject({ causeCode: 'OVR_UPSTREAM_REFUSED' });
});
