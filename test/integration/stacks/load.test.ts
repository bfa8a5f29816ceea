import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type TLSSocket, connect as tlsConnect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeIdentity } from '../../../scripts/conformance/identity.js';
import { proxiedRoute, type Route } from '../../../scripts/conformance/route.js';
import { Wire } from '../../../scripts/conformance/wire.js';
import { type AuditRun, startAuditRun } from '../../../src/cli/audit-run.js';
import { openRulebook } from '../../../src/cli/cli.js';
import { readSettings } from '../../../src/cli/settings.js';
import { limits } from '../../../src/limits.js';
import { openStore } from '../../../src/store/index.js';
import { type RunningProgram, startProgram, temporaryFolder, until } from '../program.js';

const HOSTS = 1_000;
const EACH = 5;
const AT_ONCE = 64;
/** A body of 2 GiB takes 15 s on two idle cores; CI gets a quarter of it unless told otherwise. */
const BIG_BODY = Number(process.env.BIG_BODY_BYTES ?? 512 * 1024 * 1024);
const ALLOWED_GROWTH = 64;

const identity = makeIdentity();

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return (server.address() as AddressInfo).port;
}

async function secure(route: Route, host: string, port: number): Promise<TLSSocket> {
  const socket = await route.tunnel(host, port);
  const tls = tlsConnect({ socket, servername: host, ca: route.trust });
  await new Promise<void>((resolve, reject) => {
    tls.once('secureConnect', () => resolve());
    tls.once('error', reject);
  });
  return tls;
}

/** The page hides runs of digits in addresses, which are what a phone number looks like. */
function letters(): string {
  return randomBytes(6)
    .toString('hex')
    .replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? '');
}

/** One request at a time on an open connection; the answer's body. */
async function ask(wire: Wire, request: string, end: string): Promise<void> {
  wire.send(request);
  await wire.sees(end);
}

describe(`${HOSTS} hosts, ${EACH} requests each, ${AT_ONCE} at a time`, () => {
  const folder = temporaryFolder();
  const server = createServer({ cert: identity.certificate, key: identity.key }, (request, response) => {
    let body = '';
    request.on('data', (bytes: Buffer) => {
      body += bytes.toString();
    });
    request.on('end', () =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ host: request.headers.host, url: request.url, body })),
    );
  });
  let run: AuditRun;
  let route: Route;
  let port = 0;

  beforeAll(async () => {
    const root = join(folder.path, 'root.pem');
    writeFileSync(root, identity.certificate);
    const surroundings = { env: { HOME: folder.path }, cwd: folder.path };
    const settings = readSettings(
      { dataDir: join(folder.path, 'data'), listen: '127.0.0.1:0', ui: '127.0.0.1:0', allowLoopback: true, upstreamCa: root },
      surroundings,
    );
    run = await startAuditRun({
      settings,
      rulebook: openRulebook(settings),
      persona: null,
      schemas: [],
      source: 'proxy',
      subject: { app: null, categories: {}, context: {}, firstPartyDomains: [], declared: null },
      capture: { resolve: async () => [{ address: '127.0.0.1', family: 4 }] },
      surroundings,
      onProblem: (problem) => {
        throw problem;
      },
    });
    port = await listen(server);
    route = proxiedRoute('Overreach', run.capture.address.port, readFileSync(run.capture.caPath, 'utf8'));
  });
  afterAll(async () => {
    run.store.close();
    server.closeAllConnections();
    server.close();
    folder.remove();
  });

  test('nothing lost, doubled or crossed: on the wire, on the page, in the store', { timeout: 180_000 }, async () => {
    const expected = new Set<string>();
    const todo = Array.from({ length: HOSTS }, (_, index) => `h${index}.conform.test`);
    const visit = async (host: string): Promise<void> => {
      const wire = new Wire(await secure(route, host, port));
      for (let count = 0; count < EACH; count++) {
        const id = `${host.slice(0, host.indexOf('.'))}-${count}-${letters()}`;
        expected.add(`https://${host}:${port}/${id}`);
        const request = `POST /${id} HTTP/1.1\r\nHost: ${host}:${port}\r\nX-Id: ${id}\r\nContent-Length: ${id.length}\r\n\r\n${id}`;
        await ask(wire, request, `"body":"${id}"}`);
        expect(wire.text).toContain(JSON.stringify({ host: `${host}:${port}`, url: `/${id}`, body: id }));
      }
      wire.socket.destroy();
    };
    const worker = async (): Promise<void> => {
      for (let host = todo.pop(); host !== undefined; host = todo.pop()) await visit(host);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));

    const page = async (offset: number): Promise<{ rows: Array<{ url: string }>; total: number }> => {
      const ui = new URL(run.live.url);
      const response = await fetch(`${ui.origin}/api/sessions/${run.session.id}/exchanges?limit=500&offset=${offset}`, {
        headers: { authorization: `Bearer ${ui.searchParams.get('token')}` },
      });
      return (await response.json()) as { rows: Array<{ url: string }>; total: number };
    };
    await until(
      () => page(0),
      ({ total }) => total >= HOSTS * EACH,
      60_000,
    );
    const urls: string[] = [];
    for (let offset = 0; offset < HOSTS * EACH + 500; offset += 500) urls.push(...(await page(offset)).rows.map(({ url }) => url));
    expect(urls.length).toBe(HOSTS * EACH);
    expect(new Set(urls)).toEqual(expected);

    const ended = await run.end();
    const stored = openStore({ dir: join(folder.path, 'data'), readOnly: true });
    try {
      let count = 0;
      for (const { request, response } of stored.exchanges(ended.id)) {
        count++;
        const id = request.target.slice(1);
        const body = Buffer.from(request.body.bytes).toString();
        const answer = JSON.parse(Buffer.from(response?.body.bytes ?? []).toString()) as { host: string; url: string; body: string };
        expect([body, request.headers.find(([name]) => name === 'X-Id')?.[1], answer.url.slice(1), answer.body]).toEqual([id, id, id, id]);
        expect(request.url).toBe(`https://${answer.host}/${id}`);
      }
      expect(count).toBe(HOSTS * EACH);
    } finally {
      stored.close();
    }
  });
});

describe('bodies and readers that a buffer could not hold', () => {
  const folder = temporaryFolder();
  const block = randomBytes(1 << 20);
  let received = 0;
  const server = createServer({ cert: identity.certificate, key: identity.key }, (request, response) => {
    if (request.url === '/endless') {
      const more = (): void => {
        while (response.write(block));
      };
      response.on('drain', more);
      more();
      return;
    }
    request.on('data', (bytes: Buffer) => {
      received += bytes.length;
    });
    request.on('end', () => response.end('END'));
  });
  let program: RunningProgram;
  let route: Route;
  let port = 0;

  /** MiB. */
  const rss = (): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${program.pid}/status`, 'utf8'))?.[1]) / 1024;

  /** Runs it and tells how far memory rose above where it stood. */
  async function growth(run: () => Promise<void>): Promise<number> {
    const before = rss();
    let peak = before;
    const timer = setInterval(() => {
      peak = Math.max(peak, rss());
    }, 50);
    try {
      await run();
    } finally {
      clearInterval(timer);
    }
    return peak - before;
  }

  function storedRequest(path: string) {
    const stored = openStore({ dir: join(folder.path, 'data'), readOnly: true });
    try {
      const exchange = [...stored.exchanges(program.session)].find(({ request }) => request.target === path);
      return { body: exchange?.request.body, warnings: exchange?.warnings.map(({ code }) => code) ?? [] };
    } finally {
      stored.close();
    }
  }

  /** @param pause between two pieces of 1 MiB, ms. */
  async function upload(path: string, size: number, update: (bytes: Buffer) => void, pause = 0): Promise<void> {
    const tls = await secure(route, 'localhost', port);
    const wire = new Wire(tls);
    wire.send(`PUT ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: ${size}\r\n\r\n`);
    for (let sent = 0; sent < size; sent += block.length) {
      update(block);
      if (!tls.write(block)) await new Promise((resolve) => tls.once('drain', resolve));
      if (pause > 0) await delay(pause);
    }
    await until(
      async () => wire.text,
      (text) => text.endsWith('END'),
      60_000,
    );
    tls.destroy();
  }

  beforeAll(async () => {
    const root = join(folder.path, 'root.pem');
    writeFileSync(root, identity.certificate);
    program = await startProgram(folder.path, ['--upstream-ca', root]);
    port = await listen(server);
    route = proxiedRoute('Overreach', program.proxyPort, readFileSync(program.ca, 'utf8'));
    // What a first large body costs once (code compiled, buffers pooled, threads started) is no growth by size.
    await upload('/warm', 64 << 20, () => undefined);
  });
  afterAll(async () => {
    await program.stop();
    server.closeAllConnections();
    server.close();
    folder.remove();
  });

  test.runIf(process.platform === 'linux')(
    `a body of ${BIG_BODY / 2 ** 20} MiB: hash and size recorded, memory flat`,
    { timeout: 180_000 },
    async () => {
      const notAnalysed = async () =>
        ((await program.api(`/api/sessions/${program.session}`)) as { counters: { notAnalysed: number } }).counters.notAnalysed;
      let missed = await notAnalysed();
      // At the second, some 80 MB/s, there is time to read it.
      for (const [speed, pause] of [
        ['fast', 0],
        ['paced', 8],
      ] as const) {
        const path = `/${speed}/${Date.now()}`;
        received = 0;
        const digest = createHash('sha256');
        const grown = await growth(() => upload(path, BIG_BODY, (bytes) => digest.update(bytes), pause));
        expect(received).toBe(BIG_BODY);
        const { body, warnings } = await until(
          async () => storedRequest(path),
          (stored) => stored.body !== undefined,
          60_000,
        );
        expect(body).toMatchObject({ size: BIG_BODY, truncated: true });
        // Four busy threads may be too many for two cores, and the relay goes before the analysis. What was not copied then is told, no
        // hash is given for a part, and what waited is bounded.
        const gap = warnings.includes('gap');
        if (gap) missed += 1;
        expect(await notAnalysed()).toBe(missed);
        expect(body?.sha256).toBe(gap ? '' : digest.digest('hex'));
        expect(grown).toBeLessThan(ALLOWED_GROWTH + (gap ? limits.tapQueued / 2 ** 20 : 0));
        if (!gap) return;
      }
      expect.unreachable('an upload that leaves time to read it was not copied whole');
    },
  );

  test.runIf(process.platform === 'linux')(
    'a client that reads slowly holds the origin back, not memory',
    { timeout: 60_000 },
    async () => {
      const grown = await growth(async () => {
        const tls = await secure(route, 'localhost', port);
        tls.write(`GET /endless HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
        tls.pause();
        for (let count = 0; count < 40; count++) {
          await new Promise((resolve) => setTimeout(resolve, 100));
          tls.read(64 << 10);
        }
        tls.destroy();
      });
      expect(grown).toBeLessThan(ALLOWED_GROWTH);
    },
  );

  test('500 tunnels at once, all served', { timeout: 120_000 }, async () => {
    const tunnels = await Promise.all(Array.from({ length: 500 }, () => secure(route, 'localhost', port)));
    const wires = tunnels.map((tls) => new Wire(tls));
    await Promise.all(wires.map((wire, index) => ask(wire, `GET /t${index} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`, 'END')));
    for (const tls of tunnels) tls.destroy();
    expect(wires.every((wire) => wire.text.startsWith('HTTP/1.1 200 '))).toBe(true);
  });
});
