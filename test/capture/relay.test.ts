import { createServer } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { dial, listen, makeCertificate, originRoot, secureTunnel, sleep, startLab, tlsOrigin, tunnel, until, Wire } from './lab.js';

const REQUEST = 'GET /path HTTP/1.1\r\nHost: origin.test\r\n\r\n';

describe('TLS', () => {
  test('bytes pass verbatim both ways and are copied with what was negotiated', async () => {
    const seen: Buffer[] = [];
    const origin = await listen(
      tlsOrigin(
        (socket) => {
          socket.on('data', (bytes) => {
            seen.push(bytes);
            if (Buffer.concat(seen).length === 5_000) socket.end(Buffer.alloc(70_000, 0xfe));
          });
        },
        { ALPNProtocols: ['h2', 'http/1.1'] },
      ),
    );
    const { port, tap, ca } = await startLab();
    const { tls, wire } = await secureTunnel(port, `localhost:${origin}`, { ca, servername: 'localhost', alpn: ['http/1.1', 'h2'] });
    expect(tls.alpnProtocol).toBe('h2');
    const odd = Buffer.from(Array.from({ length: 5_000 }, (_, index) => index % 256));
    tls.write(odd);
    await until(() => wire.received.length === 70_000 && wire.ended);
    tls.end();
    await until(() => tap.closes().length === 1);
    const [open] = tap.opens();
    expect(open).toMatchObject({
      host: 'localhost',
      port: origin,
      layer: 'tls',
      sni: 'localhost',
      alpn: 'h2',
      reach: 'decrypted',
      cause: null,
      serverAddress: '127.0.0.1',
    });
    expect(Buffer.concat(seen).equals(odd)).toBe(true);
    expect(tap.bytes(open?.connection ?? '', 'up').equals(odd)).toBe(true);
    expect(tap.bytes(open?.connection ?? '', 'down').equals(wire.received)).toBe(true);
    expect(tap.closes()[0]).toMatchObject({ bytesUp: 5_000, bytesDown: 70_000, failure: null });
  });

  test('the phone gets no ALPN where the origin chose none, and the certificate is for the name it asked', async () => {
    const origin = await listen(tlsOrigin((socket) => socket.end('hi')));
    const { port, ca } = await startLab();
    const { tls } = await secureTunnel(port, `127.0.0.1:${origin}`, { ca, servername: 'some.origin.test', alpn: ['h2'] }).catch(
      (error: Error) => ({ tls: error }),
    );
    if (tls instanceof Error) throw tls;
    expect(tls.alpnProtocol).toBe(false);
    expect(tls.getPeerCertificate().subjectaltname).toBe('DNS:some.origin.test, IP Address:127.0.0.1');
  });

  test('a phone may resume its session with us', async () => {
    const origin = await listen(tlsOrigin((socket) => socket.on('data', () => socket.write('ok'))));
    const { port, ca } = await startLab();
    const first = await secureTunnel(port, `localhost:${origin}`, { ca, servername: 'localhost' });
    const ticket = new Promise<Buffer>((resolve) => first.tls.once('session', resolve));
    first.tls.write('x');
    const session = await ticket;
    const second = await secureTunnel(port, `localhost:${origin}`, { ca, servername: 'localhost', session });
    expect([first.tls.isSessionReused(), second.tls.isSessionReused()]).toEqual([false, true]);
  });

  test('a half-closed phone still gets its answer', async () => {
    const origin = await listen(
      tlsOrigin((socket) => {
        socket.on('data', () => undefined);
        socket.on('end', () => socket.end('late answer'));
      }, {}).on('connection', (socket) => {
        socket.allowHalfOpen = true;
      }),
    );
    const { port, ca } = await startLab();
    const { tls, wire } = await secureTunnel(port, `localhost:${origin}`, { ca, servername: 'localhost' });
    tls.end('question');
    await wire.expect('late answer');
  });

  test('a phone that breaks off ends the upstream connection at once, and the reverse', async () => {
    const closed: string[] = [];
    const origin = await listen(
      tlsOrigin((socket) => {
        socket.on('close', () => closed.push('origin'));
        const timer = setInterval(() => socket.write(Buffer.alloc(1_000)), 5);
        socket.on('close', () => clearInterval(timer));
      }),
    );
    const { port, ca, tap } = await startLab();
    const below = await tunnel(port, `localhost:${origin}`);
    const { connect } = await import('node:tls');
    below.socket.removeAllListeners('data');
    const tls = connect({ socket: below.socket, host: 'localhost', servername: 'localhost', ca });
    tls.on('error', () => undefined);
    await new Promise((resolve) => tls.once('secureConnect', resolve));
    tls.write('x');
    await until(() => tls.bytesRead > 2_000);
    below.socket.resetAndDestroy();
    await until(() => closed.length === 1 && tap.closes().length === 1);
    expect(tap.closes()[0]?.failure?.code).toMatch(/^client-/);
  });

  test('an origin that breaks off mid-answer is not an orderly end for the phone', async () => {
    const raw = createServer();
    const { certificate: cert, key } = (await import('./lab.js')).originPair();
    const { TLSSocket, createSecureContext } = await import('node:tls');
    raw.on('connection', (socket) => {
      const tls = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext({ cert, key }) });
      tls.on('error', () => undefined);
      tls.on('data', () => {
        tls.write('half an ans');
        setTimeout(() => socket.resetAndDestroy(), 30);
      });
    });
    const origin = await listen(raw);
    const { port, ca, tap } = await startLab();
    const { tls, wire } = await secureTunnel(port, `localhost:${origin}`, { ca, servername: 'localhost' });
    tls.write(REQUEST);
    await until(() => wire.closed);
    expect(wire.error?.code).toBe('ECONNRESET');
    await until(() => tap.closes().length === 1);
    expect(tap.closes()[0]?.failure?.code).toBe('upstream-reset');
  });

  test('a slow phone slows the origin instead of filling memory', async () => {
    let sent = 0;
    const origin = await listen(
      tlsOrigin((socket) => {
        const pump = (): void => {
          while (sent < 64_000_000) {
            sent += 64_000;
            if (!socket.write(Buffer.alloc(64_000))) {
              socket.once('drain', pump);
              return;
            }
          }
        };
        socket.once('data', pump);
      }),
    );
    const { port, ca } = await startLab();
    const { tls } = await secureTunnel(port, `localhost:${origin}`, { ca, servername: 'localhost' });
    tls.pause();
    tls.write('go');
    await sleep(400);
    const stalled = sent;
    await sleep(300);
    expect(sent).toBe(stalled);
    expect(stalled).toBeLessThan(20_000_000);
  });
});

describe('what cannot be looked into', () => {
  test('a phone that does not trust us is a row, and pinning is told from it by what other hosts do', async () => {
    const origin = await listen(tlsOrigin((socket) => socket.on('data', () => socket.end('ok'))));
    const { port, ca, tap } = await startLab();
    const refuse = async (): Promise<void> => {
      const before = tap.closes().length;
      await expect(secureTunnel(port, `localhost:${origin}`, { servername: 'localhost' })).rejects.toThrow(/certificate|issuer/);
      await until(() => tap.closes().length > before);
    };
    // Node sends no alert: the first time that is no ground to say more than "left".
    await refuse();
    await refuse();
    expect(tap.opens().map((open) => [open.reach, open.sni, open.cause?.code])).toEqual([
      ['failed', 'localhost', 'OVR_CLIENT_CLOSED_HANDSHAKE'],
      ['ca_not_trusted', 'localhost', 'OVR_CLIENT_CA_NOT_TRUSTED'],
    ]);
    const works = await secureTunnel(port, `127.0.0.1:${origin}`, { ca, servername: 'origin.test' });
    works.tls.write('x');
    await works.wire.expect('ok');
    await refuse();
    const pinned = tap.opens().find((open) => open.reach === 'pinned');
    expect(pinned?.cause?.text.en).toMatch(/while 1 other host of the same phone works:/);
    expect(pinned?.cause?.text.zh).toMatch(/另有 1 个主机正常/);
  });

  test('incident: a host whose one handshake the phone abandoned counted as looked into; twice is taken for pinned, once is not', async () => {
    const origin = await listen(tlsOrigin((socket) => socket.resume()));
    const { port, ca, tap } = await startLab();
    for (let times = 0; times < 2; times++) {
      const { tls } = await secureTunnel(port, `localhost:${origin}`, { ca, servername: 'localhost' });
      await sleep(30);
      tls.destroy();
      await until(() => tap.closes().length === times + 1);
    }
    expect(tap.opens().map((open) => open.reach)).toEqual(['failed', 'pinned']);
    expect(tap.opens()[0]?.cause?.code).toBe('OVR_CLIENT_SILENT');
    expect(tap.closes()[0]?.failure?.code).toBe('client-left');
    expect(tap.opens()[1]?.cause?.code).toBe('OVR_CLIENT_PINNED_SILENT');
  });

  test('a passed-through host is tunnelled with its own certificate, counted and not copied', async () => {
    const origin = await listen(tlsOrigin((socket) => socket.on('data', () => socket.end('ok'))));
    const { port, tap, capture } = await startLab();
    capture.setPassThrough('localhost', true);
    const { tls, wire } = await secureTunnel(port, `localhost:${origin}`, { ca: originRoot().certificate, servername: 'localhost' });
    tls.write('x');
    await wire.expect('ok');
    tls.destroy();
    await until(() => tap.closes().length === 1);
    expect(tap.opens()[0]).toMatchObject({
      reach: 'passed_through',
      layer: 'tunnel',
      sni: 'localhost',
      cause: { code: 'OVR_PASSED_THROUGH' },
    });
    expect(tap.events.some((event) => event.type === 'bytes')).toBe(false);
    expect(tap.closes()[0]?.bytesUp).toBeGreaterThan(200);
    capture.setPassThrough('localhost', false);
    await expect(secureTunnel(port, `localhost:${origin}`, { ca: originRoot().certificate, servername: 'localhost' })).rejects.toThrow();
  });

  test('raw bytes are relayed, copied and named', async () => {
    const mqtt = Buffer.from([0x10, 0x0c, 0, 4, 0x4d, 0x51, 0x54, 0x54]);
    const origin = await listen(createServer((socket) => socket.pipe(socket)));
    const { port, tap } = await startLab();
    const wire = await tunnel(port, `127.0.0.1:${origin}`);
    wire.socket.write(mqtt);
    await until(() => wire.received.equals(mqtt));
    wire.socket.end();
    await until(() => tap.closes().length === 1);
    const [open] = tap.opens();
    expect(open).toMatchObject({ layer: 'tunnel', reach: 'not_inspected', cause: { code: 'OVR_NOT_INSPECTED_PROTOCOL' } });
    expect(tap.bytes(open?.connection ?? '', 'up').equals(mqtt)).toBe(true);
  });

  test('a server that speaks first is heard at once', async () => {
    const origin = await listen(createServer((socket) => socket.write('220 mail\r\n')));
    const { port, tap } = await startLab();
    const wire = await tunnel(port, `127.0.0.1:${origin}`);
    await wire.expect('220 mail');
    expect(tap.opens()[0]?.cause?.code).toBe('OVR_NOT_INSPECTED_SERVER_FIRST');
  });

  test('HTTP in clear inside CONNECT is read as HTTP', async () => {
    const origin = await listen(createServer((socket) => socket.on('data', () => socket.end('HTTP/1.1 204 No Content\r\n\r\n'))));
    const { port, tap } = await startLab();
    const wire = await tunnel(port, `127.0.0.1:${origin}`);
    wire.socket.write('GET /a HT');
    await sleep(20);
    wire.socket.write('TP/1.1\r\nHost: x\r\n\r\n');
    await wire.expect('204');
    const [open] = tap.opens();
    expect(open).toMatchObject({ layer: 'http', reach: 'cleartext', cause: null });
    await until(() => tap.text(open?.connection ?? '', 'up') === 'GET /a HTTP/1.1\r\nHost: x\r\n\r\n');
  });

  test('a phone that says a word and hangs up is passed on, end included', async () => {
    let got = '';
    const origin = await listen(
      createServer({ allowHalfOpen: true }, (socket) => {
        socket.on('data', (bytes) => {
          got += String(bytes);
        });
        socket.on('end', () => socket.end('bye'));
      }),
    );
    const { port } = await startLab();
    const wire = await tunnel(port, `127.0.0.1:${origin}`);
    wire.socket.end('PIN');
    await wire.expect('bye');
    expect(got).toBe('PIN');
  });
});

describe('origins that cannot be used', () => {
  const askInside = async (port: number, target: string, ca: string, alpn?: string[]): Promise<Wire> => {
    const { tls, wire } = await secureTunnel(port, target, { ca, ...(alpn === undefined ? {} : { alpn }) });
    tls.write(REQUEST);
    await until(() => wire.ended || wire.closed);
    return wire;
  };

  test.each([
    ['expired', () => makeCertificate({ issuer: originRoot(), hosts: ['127.0.0.1'], from: -40, days: 10 }), 'OVR_UPSTREAM_CERT_EXPIRED'],
    ['not yet valid', () => makeCertificate({ issuer: originRoot(), hosts: ['127.0.0.1'], from: 3 }), 'OVR_UPSTREAM_CERT_NOT_YET_VALID'],
    ['wrong host', () => makeCertificate({ issuer: originRoot(), hosts: ['other.test'] }), 'OVR_UPSTREAM_CERT_WRONG_HOST'],
    ['self-signed', () => makeCertificate({ hosts: ['127.0.0.1'] }), 'OVR_UPSTREAM_CERT_SELF_SIGNED'],
    [
      'unknown root',
      () => makeCertificate({ issuer: makeCertificate({ name: 'Nobody', isCa: true }), hosts: ['127.0.0.1'] }),
      'OVR_UPSTREAM_CERT_UNKNOWN_ISSUER',
    ],
  ])('a certificate that is %s gets a row and a 502 with its own cause', async (_, make, code) => {
    const { certificate: cert, key } = make();
    let spoken = 0;
    const origin = await listen(tlsOrigin((socket) => socket.on('data', () => spoken++), { cert, key, ciphers: 'DEFAULT@SECLEVEL=0' }));
    const { port, ca, tap } = await startLab();
    const wire = await askInside(port, `127.0.0.1:${origin}`, ca, ['h2', 'http/1.1']);
    expect(wire.text).toMatch(/^HTTP\/1\.1 502 Bad Gateway/);
    const [open] = tap.opens();
    expect(open?.reach).toBe('failed');
    expect(open?.cause?.code).toMatch(code);
    expect(wire.text).toContain(`Overreach-Error: ${open?.cause?.code}`);
    expect(spoken).toBe(0);
  });

  test('a host may be excused from verification, and the record says so', async () => {
    const { certificate: cert, key } = makeCertificate({ hosts: ['127.0.0.1'] });
    const origin = await listen(tlsOrigin((socket) => socket.on('data', () => socket.end('ok')), { cert, key }));
    const { port, ca, tap } = await startLab({ insecureHosts: ['127.0.0.1'] });
    const wire = await askInside(port, `127.0.0.1:${origin}`, ca);
    expect(wire.text).toBe('ok');
    expect(tap.opens()[0]).toMatchObject({ reach: 'decrypted', cause: { code: 'OVR_UPSTREAM_NOT_VERIFIED' } });
  });

  test('a short RSA key is said, and the connection is used as the phone would use it', async () => {
    const { certificate: cert, key } = makeCertificate({ issuer: originRoot(), hosts: ['127.0.0.1'], bits: 1024 });
    // OpenSSL's own floor would keep a modern server from presenting such a key.
    const origin = await listen(
      tlsOrigin((socket) => socket.on('data', () => socket.end('ok')), { cert, key, ciphers: 'DEFAULT@SECLEVEL=0' }),
    );
    const { port, ca, tap } = await startLab();
    for (const attempt of [0, 1]) {
      expect((await askInside(port, `127.0.0.1:${origin}`, ca)).text).toBe('ok');
      expect(tap.opens()[attempt], `attempt ${attempt}`).toMatchObject({ reach: 'decrypted', cause: { code: 'OVR_UPSTREAM_SHORT_KEY' } });
    }
    expect(tap.opens()[0]?.cause?.text.en).toContain('RSA 1024');
  });

  test('a refused connection, a server that is not TLS, and one that hangs up', async () => {
    const { port, ca, tap } = await startLab();
    const free = await listen(createServer());
    const notTls = await listen(createServer((socket) => socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))));
    const gone = await listen(createServer((socket) => socket.once('data', () => socket.destroy())));
    expect((await askInside(port, `127.0.0.1:${notTls}`, ca)).text).toMatch(/Overreach-Error: OVR_UPSTREAM_TLS/);
    expect((await askInside(port, `127.0.0.1:${gone}`, ca)).text).toMatch(/Overreach-Error: OVR_UPSTREAM_CLOSED/);
    expect(tap.opens().map((open) => open.reach)).toEqual(['failed', 'failed']);
    expect(free).toBeGreaterThan(0);
    const nobody = await askInside(port, '127.0.0.1:1', ca);
    expect(nobody.text).toMatch(/Overreach-Error: OVR_UPSTREAM_REFUSED/);
  });

  test('a client that speaks only HTTP/2 gets GOAWAY with the code', async () => {
    const { port, ca } = await startLab();
    const { tls, wire } = await secureTunnel(port, '127.0.0.1:1', { ca, alpn: ['h2'] });
    tls.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0');
    await until(() => wire.ended);
    expect([...wire.received.subarray(0, 9)]).toEqual([0, 0, 0, 4, 0, 0, 0, 0, 0]);
    expect(wire.received[12]).toBe(7);
    expect(wire.text).toMatch(/OVR_UPSTREAM_REFUSED$/);
  });

  test.each([
    ['TLSv1.2', 'OVR_UPSTREAM_TLS'],
    ['TLSv1.3', 'OVR_UPSTREAM_CLIENT_CERTIFICATE'],
  ] as const)('incident: an origin that demands a client certificate was not named for it (%s)', async (version, code) => {
    const origin = await listen(
      tlsOrigin((socket) => socket.resume(), {
        requestCert: true,
        rejectUnauthorized: true,
        ca: originRoot().certificate,
        minVersion: version,
        maxVersion: version,
      }),
    );
    const { port, ca, tap } = await startLab();
    await askInside(port, `127.0.0.1:${origin}`, ca).catch(() => undefined);
    await until(() => tap.opens().some(({ reach }) => reach === 'failed'));
    const failed = tap.opens().filter(({ reach }) => reach === 'failed');
    expect(failed).toMatchObject([{ host: '127.0.0.1', cause: { code } }]);
    expect(failed[0]?.cause?.text.en).toContain('client certificate');
  });
});

test('a hello that stops halfway ends by a timer, as a row', { timeout: 20_000 }, async () => {
  const origin = await listen(createServer());
  const { port, tap } = await startLab();
  const wire = await tunnel(port, `127.0.0.1:${origin}`);
  wire.socket.write(Buffer.from([0x16, 3, 1, 2, 0, 1, 0]));
  await until(() => wire.ended || wire.closed);
  expect(tap.opens()[0]).toMatchObject({ reach: 'failed', cause: { code: 'OVR_CLIENT_TIMEOUT' } });
});

test('hostile server names reach neither certificate nor record', async () => {
  const origin = await listen(tlsOrigin((socket) => socket.on('data', () => socket.end('ok'))));
  const { port, tap } = await startLab();
  const below = await tunnel(port, `127.0.0.1:${origin}`);
  const { connect } = await import('node:tls');
  below.socket.removeAllListeners('data');
  const tls = connect({ socket: below.socket, servername: '<b>x y', rejectUnauthorized: false, checkServerIdentity: () => undefined });
  const wire = new Wire(tls);
  await new Promise((resolve) => tls.once('secureConnect', resolve));
  expect(tls.getPeerCertificate().subjectaltname).toBe('IP Address:127.0.0.1');
  tls.write('x');
  await wire.expect('ok');
  expect(tap.opens()[0]?.sni).toBeNull();
});

test('incident: a phone that did not wait for the handshake with its origin stood nowhere', async () => {
  const origin = tlsOrigin(() => undefined);
  const slow = createServer({ pauseOnConnect: true }, (socket) => setTimeout(() => origin.emit('connection', socket), 150));
  const at = await listen(slow);
  const { port, tap } = await startLab();
  const below = await tunnel(port, `127.0.0.1:${at}`);
  tlsConnect({ socket: below.socket, servername: 'origin.test', rejectUnauthorized: false }).on('error', () => undefined);
  await sleep(50);
  below.socket.resetAndDestroy();
  await until(() => tap.closes().length === 1);
  expect(tap.opens()[0]).toMatchObject({ sni: 'origin.test', reach: 'failed', cause: { code: 'OVR_CLIENT_LEFT' } });
});

test('a tunnel that is opened and left is no event', async () => {
  const origin = await listen(createServer());
  const { port, tap } = await startLab();
  const wire = await tunnel(port, `127.0.0.1:${origin}`);
  wire.socket.destroy();
  await sleep(50);
  expect(tap.events).toEqual([]);
  expect((await dial(port)).socket.destroyed).toBe(false);
});
