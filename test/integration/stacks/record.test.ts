import { readFileSync, writeFileSync } from 'node:fs';
import { connect as connectH2, createSecureServer, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeIdentity } from '../../../scripts/conformance/identity.js';
import { proxiedRoute } from '../../../scripts/conformance/route.js';
import { LINES, Stage } from '../../../scripts/conformance/stage.js';
import { until as soon } from '../../../scripts/conformance/wire.js';
import type { Exchange } from '../../../src/model/exchange.js';
import { openStore } from '../../../src/store/index.js';
import { type RunningProgram, startProgram, temporaryFolder, until } from '../program.js';

const UP = 'Host: app.conform.test\r\nX-b: 1\r\nx-A:2\r\nX-b: 3\r\nTransfer-Encoding: chunked';
const DOWN = 'sET-cookie: a\r\nX-Z: 1\r\nSet-Cookie: b\r\nTransfer-Encoding: chunked';

/** Header lines as the record has them: name in its case, value without the spaces around it. */
const listed = (text: string) =>
  text.split('\r\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);

describe('what is recorded is what the origin saw', () => {
  const folder = temporaryFolder();
  const identity = makeIdentity();
  let program: RunningProgram;
  let stage: Stage;
  let made = 0;

  beforeAll(async () => {
    const root = join(folder.path, 'root.pem');
    writeFileSync(root, identity.certificate);
    program = await startProgram(folder.path, ['--upstream-ca', root]);
    stage = new Stage(proxiedRoute('Overreach', program.proxyPort, readFileSync(program.ca, 'utf8')), identity);
  });
  afterAll(async () => {
    await stage.close();
    await program.stop();
    folder.remove();
  });

  /** The newest exchange, once it is stored. */
  async function recorded(): Promise<Exchange> {
    made++;
    await until(
      () => program.api(`/api/sessions/${program.session}`) as Promise<{ counters: { exchanges: number } }>,
      ({ counters }) => counters.exchanges === made,
    );
    const store = openStore({ dir: join(folder.path, 'data'), readOnly: true });
    try {
      const last = [...store.exchanges(program.session)].at(-1);
      if (last === undefined) throw new Error('nothing was stored');
      return last;
    } finally {
      store.close();
    }
  }

  test.each(LINES)('HTTP/1.1, %s: method, target, headers, body, trailers, status, order of times', async (line) => {
    const before = Date.now();
    let seen = '';
    const port = await stage.origin(line === 'https', async (wire) => {
      await wire.sees('X-Sum: 9\r\n\r\n');
      seen = wire.text;
      wire.send(`HTTP/1.1 299 Ganz eigen\r\n${DOWN}\r\n\r\n4\r\nback\r\n0\r\nX-Down: END\r\n\r\n`);
    });
    const { wire, prefix } = await stage.visit(line, port);
    wire.send(`PATCH ${prefix}/a/../b?q=%7e HTTP/1.1\r\n${UP}\r\n\r\n3;ext=1\r\nabc\r\n2\r\nde\r\n0\r\nX-Sum: 9\r\n\r\n`);
    await wire.sees('X-Down: END\r\n\r\n');
    const { request, response, secure, startedAt, requestEndedAt, responseStartedAt, endedAt, failure, warnings } = await recorded();
    expect(seen.startsWith('PATCH /a/../b?q=%7e HTTP/1.1\r\n')).toBe(true);
    // Of a plain request the origin gets the path; the record keeps the target as the origin saw it, and the URL.
    expect(request.target.replace(prefix, '')).toBe('/a/../b?q=%7e');
    expect(request).toMatchObject({ method: 'PATCH', httpVersion: '1.1', trailers: [['X-Sum', '9']] });
    expect(request.headers).toEqual(listed(UP));
    expect(Buffer.from(request.body.bytes).toString()).toBe('abcde');
    expect(response).toMatchObject({ status: 299, statusText: 'Ganz eigen', trailers: [['X-Down', 'END']] });
    expect(response?.headers).toEqual(listed(DOWN));
    expect(Buffer.from(response?.body.bytes ?? []).toString()).toBe('back');
    expect(secure).toBe(line === 'https');
    const times = [before, startedAt, requestEndedAt ?? 0, responseStartedAt ?? 0, endedAt ?? 0, Date.now()];
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect([failure, warnings.filter(({ code }) => code !== 'host-mismatch')]).toEqual([null, []]);
  });

  test('HTTP/2: pseudo-headers as method and URL, the rest in order, trailers both ways', async () => {
    let raw: readonly string[] = [];
    const server = createSecureServer(stage.credentials);
    server.on('session', (session) => stage.beforeClose(() => session.destroy()));
    server.on('stream', (stream: ServerHttp2Stream, _headers: IncomingHttpHeaders, _flags: number, all: string[]) => {
      raw = all;
      stream.resume();
      stream.on('end', () => {
        stream.respond({ ':status': 200, 'x-z': ['1', '2'] }, { waitForTrailers: true });
        stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
        stream.end('back');
      });
    });
    const port = await stage.listen(server);
    const tls = await stage.tls('localhost', port, { ALPNProtocols: ['h2'] });
    const client = connectH2(`https://localhost:${port}`, { createConnection: () => tls });
    stage.beforeClose(() => client.destroy());
    const stream = client.request({ ':method': 'POST', ':path': '/a/../b', 'x-b': '1', 'x-a': ['2', '3'] }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'x-up': '1' }));
    let over = false;
    stream.on('close', () => {
      over = true;
    });
    stream.resume();
    stream.end('abc');
    await soon('the answer', () => over);
    const { request, response } = await recorded();
    const pairs = Array.from({ length: raw.length / 2 }, (_, index) => [raw[2 * index] ?? '', raw[2 * index + 1] ?? '']);
    expect(request.headers.filter(([name]) => !name.startsWith(':'))).toEqual(pairs.filter(([name]) => name?.startsWith(':') === false));
    expect(request).toMatchObject({ method: 'POST', url: `https://localhost:${port}/a/../b`, httpVersion: '2', trailers: [['x-up', '1']] });
    expect(response).toMatchObject({ status: 200, trailers: [['grpc-status', '0']] });
    expect(response?.headers.filter(([name]) => name === 'x-z').map(([, value]) => value)).toEqual(['1', '2']);
    expect([request.body.size, response?.body.size]).toEqual([3, 4]);
  });
});
