import { get } from 'node:https';
import { connect as tlsConnect } from 'node:tls';
import { expect, test } from 'vitest';
import { dial, secureTunnel, startLab, tunnel, until, Wire } from './lab.js';

const ASK = 'GET /status.json?lang=en HTTP/1.1\r\nHost: overreach.test\r\n\r\n';

test('through the proxy: the probe turns proxy and trust on', async () => {
  const { port, ca, capture } = await startLab();
  const { tls, wire } = await secureTunnel(port, 'overreach.test:443', { ca, servername: 'overreach.test', alpn: ['h2', 'http/1.1'] });
  tls.write('GET /probe.gif HTTP/1.1\r\nHost: overreach.test\r\n\r\n');
  await wire.expect('image/gif');
  expect(capture.devices()[0]?.lights).toEqual({ reached: true, proxySet: true, downloaded: false, trusted: true });
  expect(capture.devices()[0]?.connections).toBe(0);
});

test('without the proxy: TLS on the very port, for the address that was reached', async () => {
  const { port, ca } = await startLab();
  const body = await new Promise<string>((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/status.json', ca }, (response) => {
      let text = '';
      response.on('data', (bytes) => {
        text += String(bytes);
      });
      response.on('end', () => resolve(text));
    }).on('error', reject);
  });
  expect(body).toContain('"id":"proxy","state":"off"');
});

test('a phone that refuses the certificate shows as a problem of trust, and as no row of the audit', async () => {
  const { port, tap, capture } = await startLab();
  const below = await tunnel(port, 'overreach.test:443');
  below.socket.removeAllListeners('data');
  const tls = tlsConnect({ socket: below.socket, servername: 'overreach.test' });
  tls.on('error', () => undefined);
  await until(() => capture.devices()[0]?.hosts[0]?.rejected === 1);
  expect(tap.events).toEqual([]);
  const asks = async (request: string, answer: string) => {
    const plain = await tunnel(port, 'overreach.test:80');
    plain.socket.write(request);
    await plain.expect(answer);
  };
  // Before a certificate was fetched, a failed test is what anybody expects.
  await asks(ASK, 'Not trusted yet');
  await asks('GET /ca.crt HTTP/1.1\r\nHost: overreach.test\r\n\r\n', 'BEGIN CERTIFICATE');
  await asks(ASK, 'The trust test failed');
});

test('garbage, half a hello and an early end hurt nobody', async () => {
  const { port } = await startLab();
  for (const bytes of [
    [0x16, 3, 1, 0, 5, 9, 9, 9, 9, 9],
    [0x16, 3],
    [0x16, 3, 1, 0, 1, 1],
  ]) {
    const wire = await dial(port);
    wire.socket.end(Buffer.from(bytes));
  }
  const below = await dial(port);
  below.socket.removeAllListeners('data');
  const tls = tlsConnect({ socket: below.socket, rejectUnauthorized: false, checkServerIdentity: () => undefined });
  const wire = new Wire(tls);
  await new Promise((resolve) => tls.once('secureConnect', resolve));
  tls.write('BROKEN\r\n\r\n');
  await wire.expect('400 Bad Request');
});
