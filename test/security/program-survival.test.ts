import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createServer, type TLSSocket, connect as tlsConnect } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeIdentity } from '../../scripts/conformance/identity.js';
import { proxiedRoute } from '../../scripts/conformance/route.js';
import { type RunningProgram, startProgram, temporaryFolder, until } from '../integration/program.js';
import { mutated, random } from '../random.js';
import { frame } from '../wire/http2/frames.js';

/**
 * The whole program under attack, analysis and store included: whatever comes, memory stays bounded, the process lives, and what comes
 * afterwards is read. What a flood may cost is one connection's share of the bounds in limits.ts, and garbage not yet collected.
 */
const ALLOWED_GROWTH_MIB = 160;
/** In every round; a flood that is kept would add 20 to 80 MiB each time. */
const ROUNDS = 4;

const folder = temporaryFolder();
const identity = makeIdentity();
let program: RunningProgram;
let port = 0;
/** Reads and never answers; chosen per connection by ALPN. */
const origin = createServer({ cert: identity.certificate, key: identity.key, ALPNProtocols: ['h2', 'http/1.1'] }, (socket) => {
  socket.on('error', () => socket.destroy());
  socket.on('data', (bytes) => {
    const text = bytes.toString('latin1', 0, 64);
    if (/^GET \/ws /.test(text)) socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    else if (/^(GET|POST) \/after/.test(text)) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  });
});

interface State {
  readonly counters: { readonly exchanges: number; readonly findings: number };
}
const state = () => program.api(`/api/sessions/${program.session}`) as Promise<State>;
const rss = (): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${program.pid}/status`, 'utf8'))?.[1]) / 1024;

async function secure(alpn: string): Promise<TLSSocket> {
  const below = await proxiedRoute('', program.proxyPort, '').tunnel('localhost', port);
  const tls = tlsConnect({ socket: below, servername: 'localhost', ca: readFileSync(program.ca), ALPNProtocols: [alpn] });
  tls.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    tls.once('secureConnect', () => resolve());
    tls.once('close', () => reject(new Error('closed')));
  });
  return tls;
}

/** `GET / https localhost` out of the static table (RFC 7541 appendix A). */
const REQUEST = Buffer.from([0x82, 0x84, 0x87, 0x41, 9, ...Buffer.from('localhost')]);
/** A literal header without indexing that never ends. */
const PADDING = Buffer.concat(
  Array.from({ length: 200 }, (_, index) => Buffer.from([0x00, 4, ...Buffer.from('x-f'), 48 + (index % 10), 60, ...Buffer.alloc(60, 97)])),
);
const PREFACE = Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), frame(4, 0, 0, Buffer.alloc(0))]);

function* rapidReset(): Generator<Buffer> {
  yield PREFACE;
  for (let stream = 1; stream < 6_000; stream += 200) {
    const parts: Buffer[] = [];
    for (let next = stream; next < stream + 200; next += 2)
      parts.push(frame(1, 0x05, next, REQUEST), frame(3, 0, next, Buffer.from([0, 0, 0, 8])));
    yield Buffer.concat(parts);
  }
}

function* continuations(): Generator<Buffer> {
  yield PREFACE;
  yield frame(1, 0x01, 1, REQUEST);
  for (let count = 0; count < 2_000; count++) yield frame(9, 0, 1, PADDING);
}

function* fragments(): Generator<Buffer> {
  yield Buffer.from(
    'GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  yield Buffer.from([0x01, 0x80, 0, 0, 0, 0]);
  const masked = Buffer.concat([Buffer.from([0x00, 0xfe, 0x04, 0, 0, 0, 0, 0]), Buffer.alloc(1024, 97)]);
  const many = Buffer.concat(Array.from({ length: 32 }, () => masked));
  for (let count = 0; count < 1_000; count++) yield many;
}

async function flood(alpn: string, pieces: Iterable<Buffer>): Promise<void> {
  const tls = await secure(alpn);
  const closed = new Promise<void>((resolve) => tls.once('close', () => resolve()));
  for (const piece of pieces) {
    if (tls.destroyed) break;
    if (!tls.write(piece)) await Promise.race([closed, new Promise((resolve) => tls.once('drain', resolve))]);
  }
  tls.destroy();
}

beforeAll(async () => {
  const root = join(folder.path, 'root.pem');
  writeFileSync(root, identity.certificate);
  writeFileSync(join(folder.path, 'persona.yaml'), 'imei: ["490154203237518"]\n');
  origin.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', () => resolve()));
  const address = origin.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  program = await startProgram(folder.path, ['--upstream-ca', root, '--persona', 'persona.yaml', '--category', 'news']);
});
afterAll(async () => {
  const { code } = await program.stop();
  origin.close();
  folder.remove();
  expect([0, 3]).toContain(code);
});

/** A request with the persona's IMEI is served, recorded and judged. */
async function stillAudits(): Promise<void> {
  const { exchanges } = (await state()).counters;
  const tls = await secure('http/1.1');
  tls.write(
    'POST /after HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 26\r\n\r\n{"imei":"490154203237518"}',
  );
  await new Promise<void>((resolve) => tls.once('data', () => resolve()));
  tls.destroy();
  await until(state, ({ counters }) => counters.exchanges > exchanges && counters.findings > 0, 90_000);
}

test.runIf(process.platform === 'linux').each([
  ['h2 rapid reset', 'h2', rapidReset],
  ['an endless header block in CONTINUATION frames', 'h2', continuations],
  ['a WebSocket message in endless fragments', 'http/1.1', fragments],
] as const)('%s: memory bounded, and the next request is judged', { timeout: 240_000 }, async (_name, alpn, pieces) => {
  await flood(alpn, pieces());
  await stillAudits();
  const before = rss();
  for (let round = 1; round < ROUNDS; round++) await flood(alpn, pieces());
  await stillAudits();
  expect(rss() - before).toBeLessThan(ALLOWED_GROWTH_MIB);
});

test('10,000 mutated requests to the page, with and without its token, and it still answers', { timeout: 240_000 }, async () => {
  const ui = new URL(program.ui);
  const token = ui.searchParams.get('token') ?? '';
  const head = (line: string, more = '') => `${line} HTTP/1.1\r\nHost: ${ui.host}\r\nConnection: close\r\n${more}\r\n`;
  const bearer = `Authorization: Bearer ${token}\r\n`;
  const session = `/api/sessions/${program.session}`;
  const json = (text: string) => `${bearer}Origin: ${ui.origin}\r\nContent-Type: application/json\r\nContent-Length: ${text.length}\r\n`;
  const scene = '{"name":"x","consent":"consented"}';
  const seeds = [
    head(`GET /?token=${token}`),
    head('GET /assets/page.js', `Cookie: a=b; ${token}=1\r\n`),
    head(`GET ${session}/exchanges?limit=5&offset=0&text=imei`, bearer),
    head(`GET ${session}/exchanges/0`, bearer),
    head(`GET ${session}/findings`, bearer),
    `${head(`POST ${session}/scene`, json(scene))}${scene}`,
    `GET /feed HTTP/1.1\r\nHost: ${ui.host}\r\n${bearer}Origin: ${ui.origin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n\x81\x85\x01\x02\x03\x04hello`,
  ].map((text) => Buffer.from(text, 'latin1'));
  const next = random(20_261_121);
  const one = (): Promise<void> =>
    new Promise((resolve) => {
      const socket = connect(Number(ui.port), ui.hostname);
      const leave = (): void => {
        socket.destroy();
      };
      const timer = setTimeout(leave, 30);
      socket.on('error', leave);
      socket.on('data', leave);
      socket.on('end', leave);
      socket.on('close', () => {
        clearTimeout(timer);
        resolve();
      });
      socket.write(mutated(next, seeds));
    });
  const worker = async (): Promise<void> => {
    for (let count = 0; count < 200; count++) await one();
  };
  await Promise.all(Array.from({ length: 50 }, worker));
  await stillAudits();
});
