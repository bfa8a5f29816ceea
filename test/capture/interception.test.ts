import { expect, test } from 'vitest';
import { alertOf } from '../../src/capture/interception.js';
import { listen, secureTunnel, sleep, startLab, tlsOrigin, until } from './lab.js';

test('the alert is read from the error, in lower case', () => {
  const of = (code: string): string | null => alertOf(Object.assign(new Error('x'), { code }));
  expect(of('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA')).toBe('unknown_ca');
  expect(of('ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN')).toBe('certificate_unknown');
  expect(of('ERR_SSL_TLSV1_ALERT_NUMBER_255')).toBeNull();
  expect(of('ECONNRESET')).toBeNull();
  expect(alertOf(null)).toBeNull();
});

test('what the origin says before the phone has spoken is recorded after the phone spoke, in order', async () => {
  const origin = await listen(
    tlsOrigin((socket) => {
      socket.write('SETTINGS');
      socket.on('data', () => socket.end('answer'));
    }),
  );
  const { port, ca, tap } = await startLab();
  const { tls, wire } = await secureTunnel(port, `localhost:${origin}`, { ca, servername: 'localhost' });
  await wire.expect('SETTINGS');
  await sleep(30);
  expect(tap.opens()).toEqual([]);
  tls.write('PRI');
  await until(() => wire.ended);
  tls.end();
  await until(() => tap.closes().length === 1);
  expect(tap.events.map((event) => (event.type === 'bytes' ? `${event.direction} ${Buffer.from(event.bytes)}` : event.type))).toEqual([
    'open',
    'down SETTINGS',
    'up PRI',
    'down answer',
    'close',
  ]);
});

test('an origin that ends the connection first accuses nobody', async () => {
  const origin = await listen(tlsOrigin((socket) => socket.end()));
  const { port, ca, tap } = await startLab();
  for (let times = 0; times < 3; times++) {
    const { tls, wire } = await secureTunnel(port, `localhost:${origin}`, { ca, servername: 'localhost' });
    await until(() => wire.ended);
    tls.destroy();
    await until(() => tap.closes().length === times + 1);
  }
  expect(tap.opens().map((open) => open.reach)).toEqual(['decrypted', 'decrypted', 'decrypted']);
});

test('a client that speaks no version of ours is a protocol error, not a verdict on the certificate', async () => {
  const origin = await listen(tlsOrigin((socket) => socket.resume()));
  const { port, tap } = await startLab();
  const { connect } = await import('node:tls');
  const { tunnel } = await import('./lab.js');
  const below = await tunnel(port, `localhost:${origin}`);
  below.socket.removeAllListeners('data');
  const tls = connect({
    socket: below.socket,
    servername: 'localhost',
    minVersion: 'TLSv1.1',
    maxVersion: 'TLSv1.1',
    ciphers: 'DEFAULT@SECLEVEL=0',
  });
  tls.on('error', () => undefined);
  await until(() => tap.closes().length === 1);
  expect(tap.opens()[0]).toMatchObject({ reach: 'failed', cause: { code: 'OVR_CLIENT_TLS' } });
});
