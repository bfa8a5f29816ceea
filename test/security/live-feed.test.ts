import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { limits } from '../../src/limits.js';
import type { ExchangeRow } from '../../src/model/audit.js';
import { FakeAudit, party } from '../live/fake-audit.js';
import { bearer, login, type Started, startFake } from '../live/server.js';

let live: Started;
afterEach(() => live.close());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A peer that completes the handshake and then does not read. */
async function stalled(): Promise<ReturnType<typeof connect>> {
  const peer = connect(live.port, '127.0.0.1');
  peer.write(
    `GET /feed HTTP/1.1\r\nHost: 127.0.0.1:${live.port}\r\nOrigin: ${live.origin}\r\nCookie: ${await login(live)}\r\n` +
      'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  );
  await once(peer, 'data');
  peer.pause();
  return peer;
}

test('a tab that stalls costs at most its bound, and on waking it is told to resync and finds exact totals', async () => {
  const audit = new FakeAudit(0);
  live = await startFake(audit);
  const peer = await stalled();
  const heavy = 'x'.repeat(100_000);
  const before = process.memoryUsage();
  let most = 0;
  // 60 frames of a megabyte are far more than the socket's own buffers and the bound hold together.
  for (let n = 0; n < 60; n += 1) {
    const rows: ExchangeRow[] = [];
    for (let row = 0; row < 10; row += 1) {
      audit.send({ party: party('a.example', null, null, null, null), path: `/x?n=${n}`, evidence: [] }, false);
      rows.push({ ...audit.rows.at(-1)!, method: heavy });
    }
    audit.publish(rows, []);
    await pause(limits.feedFrameMs + 10);
    const { arrayBuffers, external } = process.memoryUsage();
    most = Math.max(most, arrayBuffers + external - before.arrayBuffers - before.external);
  }
  expect(most).toBeLessThan(8 * limits.feedBytes);
  let text = '';
  peer.on('data', (part: Buffer) => {
    text = (text + part.toString('latin1')).slice(-300);
  });
  peer.resume();
  await expect.poll(() => text, { timeout: 10_000 }).toContain('{"type":"resync","batch":60}');
  const overview = (await bearer(live).get('/api/sessions/s-demo-1')).json();
  expect(overview).toMatchObject({ batch: 60, counters: { exchanges: 600 } });
  peer.destroy();
});

test('a flood from a tab closes that tab', async () => {
  live = await startFake(new FakeAudit(0));
  const peer = await stalled();
  // An unmasked frame with a length beyond limits.feedInbound: refused by its head, never buffered.
  peer.write(Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 1, 2, 3, 4]));
  peer.resume();
  await once(peer, 'close');
});
