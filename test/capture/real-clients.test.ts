import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect as connectH2, createSecureServer } from 'node:http2';
import { join } from 'node:path';
import { connect as tlsConnect } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { type Lab, listen, originPair, originRoot, startLab, temporaryFolder, tlsOrigin, tunnel, until } from './lab.js';

function run(command: string, args: readonly string[]): Promise<{ readonly code: number; readonly out: string }> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: 15_000, env: { PATH: process.env.PATH ?? '' } }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), out: `${stdout}${stderr}` });
    });
  });
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  let size = 0;
  request.on('data', (bytes: Buffer) => {
    size += bytes.length;
  });
  request.on('end', () =>
    response.end(`${request.httpVersion} ${request.method} ${request.url} ${size} ${request.headers['user-agent'] ?? ''}`),
  );
}

async function httpOrigin(): Promise<number> {
  return listen(createHttp(answer));
}

async function h2Origin(): Promise<number> {
  const { certificate: cert, key } = originPair();
  const server = createSecureServer({ cert, key, allowHTTP1: true });
  server.on('request', (request, response) => {
    let size = 0;
    request.on('data', (bytes: Buffer) => {
      size += bytes.length;
    });
    request.on('end', () => response.end(`${request.httpVersion} ${request.method} ${request.url} ${size}`));
  });
  return listen(server);
}

/** The file a client is given to trust the proxy. */
function caFile(lab: Lab): string {
  const path = join(temporaryFolder(), 'ca.pem');
  writeFileSync(path, lab.ca);
  return path;
}

describe.skipIf(lacking(existsSync('/usr/bin/curl'), 'curl'))('curl', () => {
  test('plain HTTP: GET, upload with Expect, HEAD', async () => {
    const [lab, port] = [await startLab(), await httpOrigin()];
    const curl = (...args: string[]) => run('curl', ['-s', '-m', '10', '-x', `http://127.0.0.1:${lab.port}`, ...args]);
    const url = `http://127.0.0.1:${port}`;
    expect((await curl('--path-as-is', `${url}/a/../b?q=1`)).out).toMatch(/^1.1 GET \/a\/\.\.\/b\?q=1 0 curl/);
    const upload = join(temporaryFolder(), 'upload');
    writeFileSync(upload, Buffer.alloc(2_000_000));
    expect((await curl('-T', upload, `${url}/up`)).out).toMatch(/PUT \/up 2000000/);
    expect((await curl('-T', upload, '-H', 'Transfer-Encoding: chunked', '-H', 'Expect: 100-continue', `${url}/up`)).out).toMatch(
      /PUT \/up 2000000/,
    );
    expect((await curl('-I', url)).out).toMatch(/^HTTP\/1.1 200 OK/);
    expect((await curl(`${url}/1`, `${url}/2`)).out).toMatch(/GET \/1.*GET \/2/);
  });

  test('HTTPS over HTTP/2 and HTTP/1.1, and over SOCKS5 by name', async () => {
    const [lab, port] = [await startLab(), await h2Origin()];
    const ca = caFile(lab);
    const url = `https://localhost:${port}/x`;
    const curl = (...args: string[]) => run('curl', ['-s', '-m', '10', '--cacert', ca, ...args]);
    expect((await curl('-x', `http://127.0.0.1:${lab.port}`, '-d', 'abc', url)).out).toBe('2.0 POST /x 3');
    expect((await curl('-x', `http://127.0.0.1:${lab.port}`, '--http1.1', url)).out).toBe('1.1 GET /x 0');
    expect((await curl('-x', `socks5h://Pixel:x@127.0.0.1:${lab.port}`, url)).out).toBe('2.0 GET /x 0');
    await until(() => lab.tap.closes().length === 3);
    expect(lab.tap.opens().map((open) => [open.alpn, open.reach, open.client.user])).toEqual([
      ['h2', 'decrypted', null],
      ['http/1.1', 'decrypted', null],
      ['h2', 'decrypted', 'Pixel'],
    ]);
  });

  test('a curl that does not trust us says so by an alert, and the row has it', async () => {
    const [lab, port] = [await startLab(), await h2Origin()];
    const { code } = await run('curl', ['-s', '-m', '10', '-x', `http://127.0.0.1:${lab.port}`, `https://localhost:${port}/`]);
    expect(code).toBe(60);
    await until(() => lab.tap.closes().length === 1);
    expect(lab.tap.opens()[0]).toMatchObject({ reach: 'ca_not_trusted', cause: { code: 'OVR_CLIENT_CA_NOT_TRUSTED' } });
    expect(lab.tap.closes()[0]?.failure).toEqual({ code: 'client-refused', detail: 'unknown_ca' });
  });

  test('the reason for a bad origin can be read in curl', async () => {
    const lab = await startLab();
    const { out } = await run('curl', [
      '-s',
      '-m',
      '10',
      '--cacert',
      caFile(lab),
      '-x',
      `http://127.0.0.1:${lab.port}`,
      'https://127.0.0.1:1/',
    ]);
    expect(out).toMatch(/OVR_UPSTREAM_REFUSED/);
  });
});

test('Node over HTTP/2: several streams, a large body, trailers', async () => {
  const { certificate: cert, key } = originPair();
  const server = createSecureServer({ cert, key });
  server.on('stream', (stream, headers) => {
    let size = 0;
    stream.on('data', (bytes: Buffer) => {
      size += bytes.length;
    });
    stream.on('end', () => {
      stream.respond({ ':status': 200 }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.end(`${headers[':path']} ${size}`);
    });
  });
  const port = await listen(server);
  const lab = await startLab();
  const below = await tunnel(lab.port, `localhost:${port}`);
  below.socket.removeAllListeners('data');
  const tls = tlsConnect({ socket: below.socket, servername: 'localhost', ca: lab.ca, ALPNProtocols: ['h2'] });
  const session = connectH2(`https://localhost:${port}`, { createConnection: () => tls });
  onTestFinished(() => session.destroy());
  const ask = (path: string, body: Buffer): Promise<string> =>
    new Promise((resolve, reject) => {
      const stream = session.request({ ':path': path, ':method': 'POST' });
      let text = '';
      let trailer: unknown;
      stream.on('data', (bytes: Buffer) => {
        text += bytes.toString();
      });
      stream.on('trailers', (trailers) => {
        trailer = trailers['grpc-status'];
      });
      stream.on('end', () => resolve(`${text} ${String(trailer)}`));
      stream.on('error', reject);
      stream.end(body);
    });
  const answers = await Promise.all([ask('/a', Buffer.alloc(1_500_000)), ask('/b', Buffer.alloc(10)), ask('/c', Buffer.alloc(0))]);
  expect(answers).toEqual(['/a 1500000 0', '/b 10 0', '/c 0 0']);
});

test.each([true, false])('ws with subprotocol and compression, inside TLS: %s', async (secure) => {
  const http = secure ? tlsOrigin(() => undefined) : null;
  const plain = createHttp();
  const sockets = new WebSocketServer({ server: plain, perMessageDeflate: true, handleProtocols: (offered) => [...offered][0] ?? false });
  onTestFinished(() => sockets.close());
  sockets.on('connection', (socket) => socket.on('message', (data, binary) => socket.send(data, { binary })));
  if (http !== null) http.on('secureConnection', (socket) => plain.emit('connection', socket));
  const port = await listen(http ?? plain);
  const lab = await startLab();
  const below = await tunnel(lab.port, `localhost:${port}`);
  below.socket.removeAllListeners('data');
  const socket = new WebSocket(`${secure ? 'wss' : 'ws'}://localhost:${port}/chat`, ['mqtt', 'v2'], {
    perMessageDeflate: true,
    createConnection: () => (secure ? tlsConnect({ socket: below.socket, servername: 'localhost', ca: lab.ca }) : below.socket),
  });
  onTestFinished(() => socket.terminate());
  const text = '手机号'.repeat(5_000);
  const echoed = await new Promise<string>((resolve, reject) => {
    socket.on('open', () => socket.send(text));
    socket.on('message', (data) => resolve(String(data)));
    socket.on('error', reject);
  });
  expect(echoed).toBe(text);
  expect(socket.protocol).toBe('mqtt');
  expect(socket.extensions).toContain('permessage-deflate');
  expect(lab.tap.opens()[0]).toMatchObject({ layer: secure ? 'tls' : 'http', reach: secure ? 'decrypted' : 'cleartext' });
});

const PYTHON = `
import ssl, sys, urllib.request
proxy, ca, *urls = sys.argv[1:]
opener = urllib.request.build_opener(urllib.request.ProxyHandler({'http': proxy, 'https': proxy}), urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=ca)))
for url in urls: print(opener.open(url, data=b'abc', timeout=10).read().decode())
`;

import { lacking } from '../lacking.js';

test.skipIf(lacking(existsSync('/usr/bin/python3'), 'python3'))('Python, which verifies strictly', async () => {
  const [lab, http, https] = [await startLab(), await httpOrigin(), await h2Origin()];
  const { out } = await run('/usr/bin/python3', [
    '-c',
    PYTHON,
    `http://127.0.0.1:${lab.port}`,
    caFile(lab),
    `http://127.0.0.1:${http}/p`,
    `https://localhost:${https}/s`,
  ]);
  expect(out).toMatch(/1.1 POST \/p 3 Python.*\n1.1 POST \/s 3/);
});

describe.skipIf(lacking(existsSync('/usr/bin/openssl'), 'openssl'))('openssl s_client', () => {
  test.each(['-tls1_2', '-tls1_3'])('%s: the chain verifies for the name', async (version) => {
    const port = await listen(tlsOrigin((socket) => socket.end('bye')));
    const lab = await startLab();
    const { out } = await run('sh', [
      '-c',
      'sleep 1 | exec openssl s_client "$@"',
      'sh',
      version,
      '-proxy',
      `127.0.0.1:${lab.port}`,
      '-connect',
      `localhost:${port}`,
      '-servername',
      'localhost',
      '-verify_hostname',
      'localhost',
      '-CAfile',
      caFile(lab),
      '-x509_strict',
    ]);
    expect(out).toMatch(/Verify(?: return code|cation): (?:0 \(ok\)|OK)/);
    expect(originRoot().certificate).not.toBe(lab.ca);
  });
});
