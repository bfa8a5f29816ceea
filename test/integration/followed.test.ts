import { createServer, get, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import type { SessionReport } from '../../src/model/report.js';
import { type RunningProgram, runProgram, startProgram, temporaryFolder, until } from './program.js';
import { requestThrough } from './proxied.js';

/** Handed out by a socket and by an event stream of one company, carried to another. */
const BY_SOCKET = 'Zk3v9QmT7xLw2PbRd8Fh4Jn6';
const BY_EVENT = 'Qw8e7Rt6Yu5Io4Pa3Sd2Fg1H';

const folder = temporaryFolder();
let server: Server;
let sockets: WebSocketServer;
let port = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    if (request.url !== '/events') {
      response.end('{}');
      return;
    }
    response.setHeader('content-type', 'text/event-stream');
    response.write(`data: ${JSON.stringify({ deviceId: BY_EVENT })}\n\n`);
  });
  sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, { url }) => {
    if (url === '/push') socket.send(JSON.stringify({ deviceId: BY_SOCKET }));
    socket.on('message', () => socket.send('"ok"'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  for (const client of sockets.clients) client.terminate();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  folder.remove();
});

function connected(program: RunningProgram, host: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest({ host: '127.0.0.1', port: program.proxyPort, method: 'CONNECT', path: `${host}:${port}` });
    asked.on('connect', (_, socket) => resolve(socket));
    asked.on('error', reject).end();
  });
}

async function socketTo(program: RunningProgram, host: string, path: string) {
  const tunnel = await connected(program, host);
  const socket = new WebSocket(`ws://${host}:${port}${path}`, { createConnection: () => tunnel });
  const next = () => new Promise<string>((resolve) => socket.once('message', (data) => resolve(data.toString())));
  return { socket, next };
}

function followed(report: SessionReport): string[] {
  return report.findings
    .flatMap(({ dataType, party, occurrences }) =>
      occurrences
        .filter(({ trace }) => trace.some(({ rule }) => rule === 'followed'))
        .map(({ path }) => `${party.host} ${dataType} ${path}`),
    )
    .sort();
}

const WANTED = ['127.0.0.1 device_uuid body.$.z', '127.0.0.1 device_uuid ws[0].$.x', '127.0.0.1 device_uuid ws[0].$.y'];

test('what a socket or an event stream hands out is followed into the messages of another socket, and into requests', async () => {
  const program = await startProgram(folder.path, ['--category', 'news']);
  try {
    const other = await socketTo(program, '127.0.0.1', '/collect');
    const maker = await socketTo(program, 'localhost', '/push');
    expect(await maker.next()).toContain(BY_SOCKET);
    const events = await new Promise<string>((resolve, reject) => {
      const headers = { host: `localhost:${port}` };
      const options = { host: '127.0.0.1', port: program.proxyPort, path: `http://localhost:${port}/events`, headers };
      get(options, (response) => response.once('data', (chunk) => resolve(String(chunk)))).on('error', reject);
    });
    expect(events).toContain(BY_EVENT);
    // A later moment than that of the messages above, also for a clock of milliseconds.
    await new Promise((resolve) => setTimeout(resolve, 20));
    other.socket.send(JSON.stringify({ x: BY_SOCKET, y: BY_EVENT }));
    await other.next();
    await requestThrough(program.proxyPort, `http://127.0.0.1:${port}/log`, JSON.stringify({ z: BY_SOCKET }), {
      'content-type': 'application/json',
    });
    // Back to whoever made it, it is nobody else's.
    maker.socket.send(JSON.stringify({ mine: BY_SOCKET }));
    await maker.next();
    const live = await until(
      async () => followed((await program.api(`/api/sessions/${program.session}/report?format=json`)) as SessionReport),
      (found) => found.length >= WANTED.length,
    );
    expect(live).toEqual(WANTED);
    for (const { socket } of [maker, other]) socket.close();
  } finally {
    await program.stop();
  }
  const again = await runProgram(folder.path, ['rejudge', program.session, '--json']);
  expect(followed(JSON.parse(again.stdout) as SessionReport)).toEqual(WANTED);
  const har = join(folder.path, 'out.har');
  const written = await runProgram(folder.path, ['report', program.session, '--format', 'har', '--raw', '--yes', '--out', har]);
  expect(written.code).toBe(0);
  const recorded = await runProgram(folder.path, ['check', har, '--category', 'news', '--json']);
  expect(followed(JSON.parse(recorded.stdout) as SessionReport)).toEqual(WANTED);
});
