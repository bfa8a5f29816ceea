import { readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttp, type IncomingMessage } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { connect as tlsConnect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket, { type RawData, WebSocketServer } from 'ws';
import { makeIdentity } from '../../../scripts/conformance/identity.js';
import { directRoute, proxiedRoute, type Route } from '../../../scripts/conformance/route.js';
import { type RunningProgram, startProgram, temporaryFolder, until } from '../program.js';
import { storedExchange } from './stored.js';

/** What the client side of one conversation sees. */
interface Conversation {
  readonly protocol: string;
  readonly extensions: string;
  readonly echoed: string[];
  readonly code: number;
  readonly reason: string;
}

const WORDS = ['{"imei":"490154203237518"}', 'zwei', 'x'.repeat(70_000)];

describe('WebSocket with subprotocol and compression (ws), direct and through the built program', () => {
  const folder = temporaryFolder();
  const identity = makeIdentity();
  const http = createHttp();
  const https = createHttps({ cert: identity.certificate, key: identity.key });
  let asked: string[] = [];
  let program: RunningProgram;
  let routes: { readonly direct: Route; readonly through: Route };

  beforeAll(async () => {
    for (const server of [http, https]) {
      const sockets = new WebSocketServer({
        server,
        perMessageDeflate: true,
        // The second of what was offered, so that a proxy which answers for the origin is found out.
        handleProtocols: (offered) => [...offered][1] ?? false,
      });
      sockets.on('connection', (socket, request: IncomingMessage) => {
        asked.push(`${request.url} ${request.headers['sec-websocket-protocol']}`);
        socket.on('message', (data: RawData, isBinary) => socket.send(data, { binary: isBinary }));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    }
    const root = join(folder.path, 'root.pem');
    writeFileSync(root, identity.certificate);
    program = await startProgram(folder.path, ['--upstream-ca', root]);
    routes = {
      direct: directRoute(identity.certificate),
      through: proxiedRoute('Overreach', program.proxyPort, readFileSync(program.ca, 'utf8')),
    };
  });
  afterAll(async () => {
    const { code } = await program.stop();
    for (const server of [http, https]) {
      server.closeAllConnections();
      server.close();
    }
    folder.remove();
    expect(code).toBe(0);
  });

  async function talk(route: Route, secure: boolean, path: string): Promise<Conversation> {
    const port = ((secure ? https : http).address() as AddressInfo).port;
    // Browsers and phones ask for a tunnel for ws:// as well.
    const below: Socket = await route.tunnel('localhost', port);
    const stream = secure ? tlsConnect({ socket: below, servername: 'localhost', ca: route.trust, ALPNProtocols: ['http/1.1'] }) : below;
    // Reading the proxy's answer has paused it.
    if (!secure) below.resume();
    const client = new WebSocket(`${secure ? 'wss' : 'ws'}://localhost:${port}${path}`, ['v1.lab', 'v2.lab'], {
      createConnection: () => stream,
      perMessageDeflate: true,
    });
    const echoed: string[] = [];
    await new Promise<void>((resolve, reject) => {
      client.once('open', () => resolve());
      client.once('error', reject);
    });
    client.on('message', (data) => echoed.push(data.toString()));
    for (const word of WORDS) client.send(word);
    await until(
      async () => echoed.length,
      (count) => count === WORDS.length,
    );
    const ended = new Promise<{ code: number; reason: string }>((resolve) =>
      client.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    );
    client.close(4_001, 'fertig');
    return { protocol: client.protocol, extensions: client.extensions, echoed, ...(await ended) };
  }

  test.each([
    ['wss', true],
    ['ws', false],
  ])('%s: the origin chooses the subprotocol, and every message is recorded', async (name, secure) => {
    asked = [];
    const path = `/${name}`;
    const heard = await talk(routes.through, secure, path);
    expect(heard).toEqual(await talk(routes.direct, secure, path));
    expect(heard).toMatchObject({ protocol: 'v2.lab', extensions: 'permessage-deflate', echoed: WORDS, code: 4_001, reason: 'fertig' });
    expect(asked).toEqual([`${path} v1.lab,v2.lab`, `${path} v1.lab,v2.lab`]);
    const exchange = await storedExchange(folder.path, program.session, path, (found) => (found?.messages.length ?? 0) >= 2 * WORDS.length);
    expect(exchange).toMatchObject({ secure, response: { status: 101 } });
    expect(exchange?.response?.headers.map(([key, value]) => [key.toLowerCase(), value])).toContainEqual([
      'sec-websocket-protocol',
      'v2.lab',
    ]);
    const texts = (direction: string) =>
      exchange?.messages.filter((one) => one.direction === direction).map(({ body }) => Buffer.from(body.bytes).toString());
    expect(texts('request')?.slice(0, WORDS.length)).toEqual(WORDS);
    expect(texts('response')?.slice(0, WORDS.length)).toEqual(WORDS);
  });
});
