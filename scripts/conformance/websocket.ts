import { createServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import WebSocket, { type ClientOptions, type ServerOptions, WebSocketServer } from 'ws';
import type { Row } from './row.js';
import type { Stage } from './stage.js';
import { until } from './wire.js';

type Line = 'wss' | 'ws';

interface Talk {
  readonly client: WebSocket;
  readonly origin: WebSocket;
  readonly inbox: string[];
  readonly log: string[];
}

async function listening(stage: Stage, line: Line, server: ReturnType<typeof createServer>): Promise<number> {
  if (line === 'ws') return stage.listen(server);
  const secure = createHttpsServer(stage.credentials);
  secure.on('upgrade', (...args) => server.emit('upgrade', ...args));
  secure.on('request', (...args) => server.emit('request', ...args));
  return stage.listen(secure);
}

async function dial(stage: Stage, line: Line, port: number, protocols: string[], options: ClientOptions): Promise<WebSocket> {
  if (line === 'wss') {
    const tls = await stage.tls('localhost', port);
    return new WebSocket(`wss://localhost:${port}/chat?x=1`, protocols, { ...options, createConnection: () => tls });
  }
  const { socket, prefix } = await stage.route.plain('localhost', port);
  return new WebSocket(`ws://localhost:${port}/chat?x=1`, protocols, {
    ...options,
    createConnection: () => socket,
    finishRequest: (request) => {
      request.path = `${prefix}${request.path}`;
      request.end();
    },
  });
}

/** Both ends of one WebSocket, and what the origin has seen of it. */
async function talk(
  stage: Stage,
  line: Line,
  options: { protocols?: string[]; client?: ClientOptions; server?: ServerOptions } = {},
): Promise<Talk> {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http, ...options.server });
  const log: string[] = [];
  const inbox: string[] = [];
  const met = new Promise<WebSocket>((resolve) =>
    sockets.on('connection', (socket, request) => {
      log.push(`${request.url} ${request.headers['sec-websocket-protocol']} ${request.headers['sec-websocket-extensions']}`);
      socket.on('message', (data, binary) => log.push(`${binary ? 'binary' : 'text'} ${String(data).length} ${String(data).slice(0, 20)}`));
      socket.on('ping', (data: Buffer) => log.push(`ping ${data.toString()}`));
      socket.on('pong', (data: Buffer) => log.push(`pong ${data.toString()}`));
      socket.on('close', (code, reason) => log.push(`close ${code} ${reason.toString()}`));
      socket.on('error', () => undefined);
      resolve(socket);
    }),
  );
  const client = await dial(stage, line, await listening(stage, line, http), options.protocols ?? [], {
    perMessageDeflate: false,
    ...options.client,
  });
  client.on('message', (data, binary) => inbox.push(`${binary ? 'binary' : 'text'} ${String(data).length} ${String(data).slice(0, 20)}`));
  client.on('ping', (data) => inbox.push(`ping ${data.toString()}`));
  client.on('pong', (data) => inbox.push(`pong ${data.toString()}`));
  client.on('close', (code, reason) => inbox.push(`close ${code} ${reason.toString()}`));
  client.on('error', (error) => inbox.push(`error ${error.message}`));
  await new Promise<void>((resolve, reject) => {
    client.once('open', () => resolve());
    client.once('error', reject);
  });
  return { client, origin: await met, inbox, log };
}

const RUNS: ReadonlyArray<readonly [name: string, run: (stage: Stage, line: Line) => Promise<unknown>]> = [
  [
    'subprotocol chosen by the origin',
    async (stage, line) => {
      const { client, log } = await talk(stage, line, {
        protocols: ['mqtt', 'v2.chat'],
        server: { handleProtocols: (offered) => [...offered].at(-1) ?? false },
      });
      return { protocol: client.protocol, log };
    },
  ],
  [
    'permessage-deflate: parameters, context kept over messages',
    async (stage, line) => {
      const { client, origin, inbox, log } = await talk(stage, line, {
        client: { perMessageDeflate: { threshold: 0 } },
        server: { perMessageDeflate: { threshold: 0, serverMaxWindowBits: 10 } },
      });
      for (const text of ['abc'.repeat(2_000), 'abc'.repeat(2_000), '你好']) {
        client.send(text);
        origin.send(text);
      }
      await until('three each', () => inbox.length === 3 && log.length === 4);
      return { extensions: client.extensions, inbox, log };
    },
  ],
  [
    'fragments, with a ping between them',
    async (stage, line) => {
      const { client, origin, inbox, log } = await talk(stage, line);
      client.send('one ', { fin: false });
      client.ping('between');
      client.send('two ', { fin: false });
      client.send('three', { fin: true });
      origin.send(Buffer.from('a'), { fin: false, binary: true });
      origin.send(Buffer.from('b'), { fin: true });
      await until('both', () => inbox.length === 2 && log.length === 3);
      return { inbox, log };
    },
  ],
  [
    'ping and pong both ways, with payload',
    async (stage, line) => {
      const { client, origin, inbox, log } = await talk(stage, line);
      client.ping('from the client');
      await until('pong', () => inbox.length === 1);
      origin.ping('from the origin');
      await until('pong', () => inbox.length === 2 && log.length === 3);
      return { inbox, log };
    },
  ],
  [
    'close codes and reasons, from either side',
    async (stage, line) => {
      const ends: unknown[] = [];
      for (const [code, reason] of [
        [1000, ''],
        [1001, 'going'],
        [4999, '再见'],
      ] as const) {
        const a = await talk(stage, line);
        a.client.close(code, reason);
        await until('closed', () => a.inbox.length === 1 && a.log.length === 2);
        const b = await talk(stage, line);
        b.origin.close(code, reason);
        await until('closed', () => b.inbox.length === 1 && b.log.length === 2);
        ends.push([a.inbox, a.log, b.inbox, b.log]);
      }
      return ends;
    },
  ],
  [
    'broken off without a close frame: 1006 on the other side',
    async (stage, line) => {
      const a = await talk(stage, line);
      a.client.terminate();
      await until('closed', () => a.log.length === 2);
      const b = await talk(stage, line);
      b.origin.terminate();
      await until('closed', () => b.inbox.length === 1);
      return [a.log, b.inbox];
    },
  ],
  [
    'messages of 0 bytes and of 2 MiB, binary and text',
    async (stage, line) => {
      const { client, inbox, log, origin } = await talk(stage, line);
      for (const message of ['', Buffer.alloc(0), 'x'.repeat(2 << 20), Buffer.alloc(2 << 20, 7)]) {
        client.send(message);
        origin.send(message);
      }
      await until('four each', () => inbox.length === 4 && log.length === 5);
      return { inbox: inbox.map((line) => line.slice(0, 14)), log: log.map((line) => line.slice(0, 14)) };
    },
  ],
  [
    'handshake refused, with a body',
    async (stage, line) => {
      const http = createServer();
      http.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 403 No Chat\r\nX-Why: rule\r\nContent-Length: 4\r\n\r\nnope'));
      const client = await dial(stage, line, await listening(stage, line, http), [], {});
      client.on('error', () => undefined);
      return new Promise((resolve) =>
        client.on('unexpected-response', (_request, response) => {
          let body = '';
          response.on('data', (bytes: Buffer) => {
            body += bytes.toString();
          });
          response.on('end', () => resolve({ status: response.statusCode, text: response.statusMessage, raw: response.rawHeaders, body }));
        }),
      );
    },
  ],
];

export function websocketRows(): Row[] {
  return (['wss', 'ws'] as const).flatMap((line) =>
    RUNS.map(
      ([name, run]): Row => ({
        group: line === 'wss' ? 'WebSocket in TLS' : 'WebSocket, plain http://',
        name,
        run: (stage) => run(stage, line),
      }),
    ),
  );
}
