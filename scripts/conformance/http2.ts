import { createHash, randomBytes } from 'node:crypto';
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  createSecureServer,
  type Http2SecureServer,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type SecureServerOptions,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Row } from './row.js';
import type { Stage } from './stage.js';
import { until } from './wire.js';

type OnStream = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, raw: readonly string[]) => void;

async function h2Origin(stage: Stage, onStream: OnStream, options: SecureServerOptions = {}): Promise<number> {
  const server = createSecureServer({ ...stage.credentials, ...options });
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, _flags: number, raw: string[]) => {
    stream.on('error', () => undefined);
    onStream(stream, headers, raw);
  });
  return h2Listen(stage, server);
}

function h2Listen(stage: Stage, server: Http2SecureServer): Promise<number> {
  server.on('session', (session) => stage.beforeClose(() => session.destroy()));
  server.on('sessionError', () => undefined);
  return stage.listen(server);
}

async function session(stage: Stage, port: number, settings: { enablePush?: boolean } = {}): Promise<ClientHttp2Session> {
  const tls = await stage.tls('localhost', port, { ALPNProtocols: ['h2'] });
  const client = connect('https://localhost', { createConnection: () => tls, settings });
  client.on('error', () => undefined);
  stage.beforeClose(() => client.destroy());
  return client;
}

interface Answer {
  readonly headers: Record<string, unknown>;
  readonly trailers: Record<string, unknown> | null;
  readonly early: ReadonlyArray<Record<string, unknown>>;
  readonly body: Buffer;
  readonly code: number | undefined;
}

const seen = (headers: IncomingHttpHeaders): Record<string, unknown> => {
  const { date: _date, ...rest } = headers;
  return { ...rest };
};

function answered(stream: ClientHttp2Stream): Promise<Answer> {
  const parts: Buffer[] = [];
  const early: Array<Record<string, unknown>> = [];
  let headers: Record<string, unknown> = {};
  let trailers: Record<string, unknown> | null = null;
  stream.on('headers', (found) => early.push(seen(found)));
  stream.on('response', (found) => {
    headers = seen(found);
  });
  stream.on('trailers', (found) => {
    trailers = seen(found);
  });
  stream.on('data', (bytes: Buffer) => parts.push(bytes));
  stream.on('error', () => undefined);
  return new Promise((resolve) =>
    stream.on('close', () => resolve({ headers, trailers, early, body: Buffer.concat(parts), code: stream.rstCode })),
  );
}

const shown = (answer: Answer): unknown => ({ ...answer, body: answer.body.toString('latin1') });
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function collect(stream: ServerHttp2Stream): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const bytes of stream) parts.push(Buffer.from(bytes));
  return Buffer.concat(parts);
}

const GROUP = 'HTTP/2';

/** ALPN: the client must get what the origin would have chosen for it. */
function alpnRows(): Row[] {
  const offers: ReadonlyArray<readonly string[]> = [['h2'], ['h2', 'http/1.1'], ['http/1.1', 'h2'], ['http/1.1'], []];
  const origins: ReadonlyArray<readonly [string, readonly string[] | undefined]> = [
    ['h2 and http/1.1', ['h2', 'http/1.1']],
    ['http/1.1 only', ['http/1.1']],
    ['no ALPN', undefined],
  ];
  return origins.flatMap(([name, protocols]) =>
    offers.map(
      (offer): Row => ({
        group: 'ALPN',
        name: `origin: ${name}; client offers ${offer.join(', ') || 'nothing'}`,
        run: async (stage) => {
          let chosen: unknown;
          const port = await stage.origin(
            true,
            (_wire, socket) => {
              chosen = 'alpnProtocol' in socket ? socket.alpnProtocol : null;
            },
            protocols === undefined ? {} : { ALPNProtocols: [...protocols] },
          );
          try {
            const tls = await stage.tls('localhost', port, offer.length === 0 ? {} : { ALPNProtocols: [...offer] });
            tls.write('x');
            await until('the origin', () => chosen !== undefined);
            return { client: tls.alpnProtocol, origin: chosen };
          } catch (error) {
            // No protocol in common: the client must be refused, by whatever words.
            return { refused: error instanceof Error };
          }
        },
      }),
    ),
  );
}

export function http2Rows(): Row[] {
  const row = (name: string, run: Row['run']): Row => ({ group: GROUP, name, run });
  return [
    ...alpnRows(),
    row('headers in order, repeats, body, trailers both ways', async (stage) => {
      let origin: unknown;
      const port = await h2Origin(stage, async (stream, _headers, raw) => {
        let trailers: unknown = null;
        stream.on('trailers', (found) => {
          trailers = seen(found);
        });
        const body = (await collect(stream)).toString();
        origin = { raw, body, trailers };
        stream.respond({ ':status': 200, 'set-cookie': ['a', 'b'], 'x-z': '1' }, { waitForTrailers: true });
        stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': '9' }));
        stream.end('END');
      });
      const client = await session(stage, port);
      const headers: OutgoingHttpHeaders = { ':path': '/a/../b?%7e', ':method': 'POST', 'x-b': '1', 'x-a': ['2', '3'], cookie: 'a=1; b=2' };
      const stream = client.request(headers, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'x-up': '1' }));
      stream.end('body');
      return { client: shown(await answered(stream)), origin };
    }),
    row('settings of the origin reach the client', async (stage) => {
      const port = await h2Origin(stage, (stream) => stream.respond({ ':status': 204 }, { endStream: true }), {
        settings: { maxConcurrentStreams: 77, initialWindowSize: 123_456, maxHeaderListSize: 70_000 },
      });
      const client = await session(stage, port);
      await answered(client.request({ ':path': '/' }));
      return client.remoteSettings;
    }),
    row('103 before the answer', async (stage) => {
      const port = await h2Origin(stage, (stream) => {
        stream.additionalHeaders({ ':status': 103, link: '</a.css>' });
        stream.respond({ ':status': 200 });
        stream.end('END');
      });
      return shown(await answered((await session(stage, port)).request({ ':path': '/' })));
    }),
    row('HEAD and 304 without a body', async (stage) => {
      const port = await h2Origin(stage, (stream, headers) =>
        stream.respond({ ':status': headers[':method'] === 'HEAD' ? 200 : 304, 'content-length': '77' }, { endStream: true }),
      );
      const client = await session(stage, port);
      const ask = async (method: string): Promise<unknown> => shown(await answered(client.request({ ':path': '/', ':method': method })));
      return [await ask('HEAD'), await ask('GET')];
    }),
    row('streams interleave: the later one ends first', async (stage) => {
      const order: string[] = [];
      const waiting: ServerHttp2Stream[] = [];
      const port = await h2Origin(stage, (stream, headers) => {
        stream.respond({ ':status': 200 });
        stream.write(`${headers[':path']} begins`);
        if (headers[':path'] === '/8') {
          stream.end('END');
          for (const first of waiting.reverse()) first.end('END');
        } else waiting.push(stream);
      });
      const client = await session(stage, port);
      const paths = [1, 2, 3, 4, 5, 6, 7, 8].map((count) => `/${count}`);
      const bodies = await Promise.all(
        paths.map(async (path) => {
          const answer = await answered(client.request({ ':path': path }));
          order.push(path);
          return answer.body.toString();
        }),
      );
      return { bodies, order };
    }),
    row('headers of 40 KiB, so CONTINUATION', async (stage) => {
      let length = 0;
      const port = await h2Origin(stage, (stream, headers) => {
        length = String(headers['x-long']).length;
        stream.respond({ ':status': 200, 'x-back': 'y'.repeat(30_000) }, { endStream: true });
      });
      const answer = await answered((await session(stage, port)).request({ ':path': '/', 'x-long': 'x'.repeat(40_000) }));
      return { up: length, down: String(answer.headers['x-back']).length };
    }),
    row('reset by the client, with its code', async (stage) => {
      let code: number | undefined;
      const port = await h2Origin(stage, (stream) => {
        stream.respond({ ':status': 200 });
        stream.write('beginning');
        stream.on('close', () => {
          code = stream.rstCode;
        });
      });
      const stream = (await session(stage, port)).request({ ':path': '/' });
      const done = answered(stream);
      stream.once('data', () => stream.close(constants.NGHTTP2_CANCEL));
      await done;
      await until('the reset', () => code !== undefined);
      return code;
    }),
    row('reset by the origin, with its code', async (stage) => {
      const port = await h2Origin(stage, (stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM));
      return shown(await answered((await session(stage, port)).request({ ':path': '/' })));
    }),
    row('GOAWAY with code and data', async (stage) => {
      const port = await h2Origin(stage, (stream) => {
        stream.session?.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM, 0, Buffer.from('slow down'));
        stream.respond({ ':status': 200 }, { endStream: true });
      });
      const client = await session(stage, port);
      const away = new Promise((resolve) =>
        client.on('goaway', (code, last, data) => resolve({ code, last, data: Buffer.from(data ?? []).toString() })),
      );
      client.request({ ':path': '/' }).on('error', () => undefined);
      return away;
    }),
    row('ping is answered by the origin, with the payload', async (stage) => {
      let pinged = '';
      const server = createSecureServer(stage.credentials);
      server.on('session', (found) => found.on('ping', (payload) => (pinged = payload.toString('hex'))));
      const client = await session(stage, await h2Listen(stage, server));
      const back = await new Promise((resolve, reject) =>
        client.ping(Buffer.from('12345678'), (error, _ms, payload) => (error ? reject(error) : resolve(payload.toString('hex')))),
      );
      return { pinged, back };
    }),
    row('server push, where the client allows it', async (stage) => {
      const port = await h2Origin(stage, (stream) => {
        const finish = (): void => {
          stream.respond({ ':status': 200 });
          stream.end('END');
        };
        if (!stream.pushAllowed) return finish();
        stream.pushStream({ ':path': '/pushed' }, (_error, pushed) => {
          pushed.respond({ ':status': 200 });
          pushed.end('pushed');
          finish();
        });
      });
      const run = async (enablePush: boolean): Promise<unknown> => {
        const client = await session(stage, port, { enablePush });
        const pushes: string[] = [];
        client.on('stream', (stream: ClientHttp2Stream, headers: IncomingHttpHeaders) => {
          stream.resume();
          pushes.push(String(headers[':path']));
        });
        const answer = await answered(client.request({ ':path': '/' }));
        return { pushes, body: answer.body.toString() };
      };
      return { allowed: await run(true), refused: await run(false) };
    }),
    row('extended CONNECT (WebSocket over HTTP/2)', async (stage) => {
      const port = await h2Origin(
        stage,
        (stream, headers) => {
          stream.respond({ ':status': 200 });
          stream.on('data', (bytes: Buffer) => stream.write(`${headers[':protocol']} ${bytes.toString()}`));
          stream.on('end', () => stream.end());
        },
        { settings: { enableConnectProtocol: true } },
      );
      const client = await session(stage, port);
      await new Promise((resolve) => client.once('remoteSettings', resolve));
      const stream = client.request({ ':method': 'CONNECT', ':protocol': 'websocket', ':path': '/chat' }, { endStream: false });
      const done = answered(stream);
      stream.write('one');
      stream.once('data', () => stream.end());
      return shown(await done);
    }),
    row('8 MiB each way, by hash', async (stage) => {
      const body = randomBytes(8 << 20);
      let up = '';
      const port = await h2Origin(stage, async (stream) => {
        up = sha256(await collect(stream));
        stream.respond({ ':status': 200 });
        stream.end(body);
      });
      const stream = (await session(stage, port)).request({ ':path': '/', ':method': 'POST' });
      const done = answered(stream);
      stream.end(body);
      const answer = await done;
      return { up: up === sha256(body), down: sha256(answer.body) === sha256(body) };
    }),
    row('client leaves: the origin is told', async (stage) => {
      let closed = false;
      const port = await h2Origin(stage, (stream) => {
        stream.respond({ ':status': 200 });
        stream.write('beginning');
        stream.session?.on('close', () => {
          closed = true;
        });
      });
      const client = await session(stage, port);
      const stream = client.request({ ':path': '/' });
      stream.on('error', () => undefined);
      stream.once('data', () => client.destroy());
      await until('the end at the origin', () => closed);
      return closed;
    }),
  ];
}

/** gRPC's length-prefixed message (5 bytes, then the payload). */
function frame(payload: string, compressed = 0): Buffer {
  const bytes = Buffer.from(payload);
  const head = Buffer.alloc(5);
  head[0] = compressed;
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

const CALL = { ':method': 'POST', 'content-type': 'application/grpc', te: 'trailers', 'grpc-timeout': '5S', 'trace-bin': 'AAEC' };

export function grpcRows(): Row[] {
  const row = (name: string, run: Row['run']): Row => ({ group: 'gRPC', name, run });
  return [
    row('unary: frames, metadata, status in the trailers', async (stage) => {
      let origin: unknown;
      const port = await h2Origin(stage, async (stream, _headers, raw) => {
        origin = { raw, body: (await collect(stream)).toString('hex') };
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
        stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0', 'grpc-message': 'fine%20', 'detail-bin': 'AQI' }));
        stream.end(frame('answer'));
      });
      const stream = (await session(stage, port)).request({ ...CALL, ':path': '/pkg.Service/Unary' });
      stream.end(frame('ask', 1));
      return { client: shown(await answered(stream)), origin };
    }),
    row('error in trailers only', async (stage) => {
      const port = await h2Origin(stage, (stream) => {
        stream.resume();
        stream.respond(
          { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '5', 'grpc-message': 'none' },
          { endStream: true },
        );
      });
      const stream = (await session(stage, port)).request({ ...CALL, ':path': '/pkg.Service/Missing' });
      stream.end(frame('ask'));
      return shown(await answered(stream));
    }),
    row('bidirectional: each answer before the next question', async (stage) => {
      const port = await h2Origin(stage, (stream) => {
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
        stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
        stream.on('data', (bytes: Buffer) => stream.write(frame(`re ${bytes.subarray(5).toString()}`)));
        stream.on('end', () => stream.end());
      });
      const stream = (await session(stage, port)).request({ ...CALL, ':path': '/pkg.Service/Chat' });
      const done = answered(stream);
      const log: string[] = [];
      stream.on('data', (bytes: Buffer) => log.push(bytes.subarray(5).toString()));
      for (let count = 1; count <= 5; count++) {
        stream.write(frame(`ask ${count}`));
        await until(`answer ${count}`, () => log.length === count);
      }
      stream.end();
      return { log, end: shown(await done) };
    }),
    row('cancelled by the client (deadline)', async (stage) => {
      let code: number | undefined;
      const port = await h2Origin(stage, (stream) => {
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
        stream.write(frame('one of many'));
        stream.on('close', () => {
          code = stream.rstCode;
        });
      });
      const stream = (await session(stage, port)).request({ ...CALL, ':path': '/pkg.Service/List' });
      const done = answered(stream);
      stream.once('data', () => stream.close(constants.NGHTTP2_CANCEL));
      await done;
      await until('the cancel', () => code !== undefined);
      return code;
    }),
    row('one message of 4 MiB in many DATA frames', async (stage) => {
      const message = 'm'.repeat(4 << 20);
      const port = await h2Origin(stage, async (stream) => {
        const length = (await collect(stream)).length;
        stream.respond({ ':status': 200 }, { waitForTrailers: true });
        stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0', 'x-length': String(length) }));
        stream.end(frame(message));
      });
      const stream = (await session(stage, port)).request({ ...CALL, ':path': '/pkg.Service/Big' });
      stream.end(frame(message));
      const answer = await answered(stream);
      return { trailers: answer.trailers, length: answer.body.length };
    }),
  ];
}
