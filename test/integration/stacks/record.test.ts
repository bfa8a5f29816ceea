import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { connect as tlsConnect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeIdentity } from '../../../scripts/conformance/identity.js';
import { proxiedRoute } from '../../../scripts/conformance/route.js';
import { Wire } from '../../../scripts/conformance/wire.js';
import { openStore } from '../../../src/store/index.js';
import { type RunningProgram, startProgram, temporaryFolder, until } from '../program.js';

/** What the origin had in its hands, and when. */
interface Had {
  readonly line: string;
  readonly rawHeaders: readonly string[];
  readonly trailers: readonly string[];
  readonly body: Buffer;
  readonly headAt: number;
  readonly wholeAt: number;
  readonly answeredAt: number;
  readonly doneAt: number;
}

/** Long against the batching of the tap (milliseconds), short for a test. */
const PAUSE_MS = 500;
/** Clocks are read in two processes, and bytes wait for a turn of the loop on a busy machine. */
const SLACK_MS = 400;
const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

describe('what is recorded is what the origin had, over HTTP and HTTPS', () => {
  const folder = temporaryFolder();
  const identity = makeIdentity(['localhost'], ['127.0.0.1']);
  const had: Had[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const headAt = Date.now();
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const wholeAt = Date.now();
    await pause();
    const answeredAt = Date.now();
    response.writeHead(
      207,
      'Half Way',
      [
        ['X-Reply', 'One'],
        ['x-reply', 'two'],
        ['Trailer', 'X-Sum'],
        ['Transfer-Encoding', 'chunked'],
      ].flat(),
    );
    response.write('first ');
    await pause();
    response.addTrailers({ 'X-Sum': '42' });
    response.end('last');
    const line = `${request.method} ${request.url}`;
    const { rawHeaders, rawTrailers: trailers } = request;
    had.push({ line, rawHeaders, trailers, body: Buffer.concat(parts), headAt, wholeAt, answeredAt, doneAt: Date.now() });
  };
  const plain = createServer((request, response) => void answer(request, response));
  const secure = createTlsServer({ cert: identity.certificate, key: identity.key }, (request, response) => void answer(request, response));
  let program: RunningProgram;

  beforeAll(async () => {
    for (const server of [plain, secure]) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const ca = join(folder.path, 'origin.pem');
    writeFileSync(ca, identity.certificate);
    program = await startProgram(folder.path, ['--upstream-ca', ca]);
  });
  afterAll(() => {
    for (const server of [plain, secure]) server.close();
    folder.remove();
  });

  /** A request as no library would write it: order, case and repetition of its own, in two chunks with a pause, and a trailer. */
  async function send(socket: Duplex, prefix: string, port: number): Promise<void> {
    const wire = new Wire(socket);
    wire.send(
      `PROPFIND ${prefix}/a%2fb//c?x=1&x=%E6%89%8B HTTP/1.1\r\nX-Zebra: 1\r\nhOsT: localhost:${port}\r\nx-zebra: 2\r\nAccept:  */*\r\nTrailer: X-Check\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n`,
    );
    await pause();
    wire.send('7\r\n, world\r\n0\r\nX-Check: yes\r\n\r\n');
    await wire.sees('X-Sum: 42\r\n\r\n');
    socket.destroy();
  }

  test('method, target, headers in order and case, body, trailers and moments', { timeout: 60_000 }, async () => {
    const route = proxiedRoute('', program.proxyPort, '');
    const ports = [plain, secure].map((server) => (server.address() as AddressInfo).port);
    const [plainPort = 0, securePort = 0] = ports;
    const clear = await route.plain('localhost', plainPort);
    await send(clear.socket, clear.prefix, plainPort);
    const tls = tlsConnect({ socket: await route.tunnel('localhost', securePort), servername: 'localhost', rejectUnauthorized: false });
    await new Promise((resolve) => tls.once('secureConnect', resolve));
    await send(tls, '', securePort);
    await until(
      () => program.api(`/api/sessions/${program.session}`) as Promise<{ counters: { exchanges: number } }>,
      ({ counters }) => counters.exchanges === 2,
    );
    expect((await program.stop()).code).toBe(0);

    const store = openStore({ dir: join(folder.path, 'data'), readOnly: true });
    const recorded = [...store.exchanges(program.session)];
    store.close();
    expect(recorded.map(({ secure: inTls }) => inTls)).toEqual([false, true]);
    for (const [index, exchange] of recorded.entries()) {
      const origin = had[index];
      if (origin === undefined) throw new Error('the origin saw less than was recorded');
      const { request, response } = exchange;
      expect(`${request.method} ${new URL(request.url).pathname}${new URL(request.url).search}`).toBe(origin.line);
      expect(request.headers.flat()).toEqual(origin.rawHeaders);
      expect(request.trailers.flat()).toEqual(origin.trailers);
      expect([request.body.size, request.body.sha256]).toEqual([
        origin.body.length,
        createHash('sha256').update(origin.body).digest('hex'),
      ]);
      expect(origin.body.toString()).toBe('hello, world');
      expect([response?.status, response?.statusText]).toEqual([207, 'Half Way']);
      expect(response?.headers.filter(([name]) => /^x-/i.test(name))).toEqual([
        ['X-Reply', 'One'],
        ['x-reply', 'two'],
      ]);
      expect(response?.trailers).toEqual([['X-Sum', '42']]);
      expect(Buffer.from(response?.body.bytes ?? []).toString()).toBe('first last');

      const near = (moment: number | null, real: number) => expect(Math.abs((moment ?? 0) - real)).toBeLessThan(SLACK_MS);
      near(exchange.startedAt, origin.headAt);
      near(exchange.requestEndedAt, origin.wholeAt);
      near(exchange.responseStartedAt, origin.answeredAt);
      near(exchange.endedAt, origin.doneAt);
    }
  });
});
