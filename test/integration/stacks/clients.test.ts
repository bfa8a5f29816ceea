import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { Agent, request as httpsRequest } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProxyAgent, request as undiciRequest } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeIdentity } from '../../../scripts/conformance/identity.js';
import { proxiedRoute } from '../../../scripts/conformance/route.js';
import { type RunningProgram, startProgram, temporaryFolder, until } from '../program.js';

const SOURCES = fileURLToPath(new URL('./probes/', import.meta.url));
/** ASCII: how a JVM reads its arguments depends on the locale. */
const BODY = 'phone=13900000000&name=Fan%20Li';

const there = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;
const python = (module: string) => there('/usr/bin/python3', '-c', `import ${module}`);
const OKHTTP = ['/usr/share/java/okhttp.jar', '/usr/share/java/okio.jar'];

/** What the origin answers: how it was asked, and the digest of what it got. */
function answer(
  request: IncomingMessage | Http2ServerRequest,
  response: Pick<ServerResponse | Http2ServerResponse, 'setHeader' | 'end'>,
): void {
  const hash = createHash('sha256');
  request.on('data', (bytes: Buffer) => hash.update(bytes));
  request.on('end', () => {
    response.setHeader('content-type', 'text/plain');
    response.end(`${request.httpVersion} ${request.method} ${request.url} ${hash.digest('hex').slice(0, 12)}`);
  });
}

const DIGEST = createHash('sha256').update(BODY).digest('hex').slice(0, 12);
const EMPTY = createHash('sha256').digest('hex').slice(0, 12);

interface Stack {
  readonly name: string;
  /** Null where the stack is there, else what would bring it. */
  readonly missing: () => string | null;
  /** Prints one answer a line: GET and POST over http, then GET and POST over https. */
  readonly run: (at: Places) => Promise<string>;
  /** HTTP version that this stack speaks inside TLS to an origin that offers both. */
  readonly tls: '1.1' | '2.0';
}

interface Places {
  readonly folder: string;
  readonly proxy: string;
  readonly proxyPort: number;
  readonly ca: string;
  readonly http: string;
  readonly https: string;
}

function output(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  return new Promise((resolve, reject) =>
    execFile(
      command,
      args,
      { timeout: 50_000, env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env } },
      (error, stdout, stderr) => (error === null ? resolve(stdout) : reject(new Error(`${error.message}\n${stdout}\n${stderr}`))),
    ),
  );
}

const inPython = (module: string, tls: '1.1' | '2.0' = '1.1'): Stack => ({
  name: `Python ${module}`,
  missing: () => (python(module) ? null : `python3-${module}`),
  run: ({ proxy, ca, http, https }) => output('/usr/bin/python3', [join(SOURCES, `${module}_probe.py`), proxy, ca, http, https, BODY]),
  tls,
});

async function inJava(source: string, jars: readonly string[], { folder, proxyPort, ca, http, https }: Places): Promise<string> {
  const classes = join(folder, source);
  mkdirSync(classes);
  const path = [classes, ...jars].join(':');
  await output('javac', ['-encoding', 'UTF-8', '-cp', path, '-d', classes, join(SOURCES, `${source}.java`)]);
  return output('java', ['-Dfile.encoding=UTF-8', '-cp', path, source, String(proxyPort), ca, http, https, BODY]);
}

async function byNode({ proxyPort, ca, http, https }: Places): Promise<string> {
  const route = proxiedRoute('Overreach', proxyPort, readFileSync(ca, 'utf8'));
  const read = (send: (on: (response: IncomingMessage) => void) => ReturnType<typeof httpRequest>, body: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const request = send((response) => {
        let text = '';
        response.on('data', (bytes: Buffer) => {
          text += bytes.toString();
        });
        response.on('end', () => resolve(text));
      });
      request.on('error', reject);
      request.end(body);
    });
  const lines: string[] = [];
  for (const body of ['', BODY])
    lines.push(
      await read((on) => httpRequest({ port: proxyPort, path: `${http}/x`, method: body === '' ? 'GET' : 'POST', agent: false }, on), body),
    );
  const target = new URL(https);
  for (const body of ['', BODY]) {
    const socket = await route.tunnel(target.hostname, Number(target.port));
    const agent = new Agent({ ca: readFileSync(ca), keepAlive: false, socket } as ConstructorParameters<typeof Agent>[0]);
    lines.push(await read((on) => httpsRequest(`${https}/x`, { agent, method: body === '' ? 'GET' : 'POST' }, on), body));
    agent.destroy();
  }
  return lines.join('\n');
}

/** The client behind Node's `fetch`. It asks for a tunnel even for `http://`. */
async function byUndici({ proxy, ca, http, https }: Places, allowH2: boolean): Promise<string> {
  const dispatcher = new ProxyAgent({ uri: proxy, allowH2, requestTls: { ca: readFileSync(ca), allowH2 } });
  const lines: string[] = [];
  try {
    for (const url of [http, https])
      for (const body of [null, BODY]) {
        const response = await undiciRequest(`${url}/x`, { dispatcher, method: body === null ? 'GET' : 'POST', body });
        lines.push(await response.body.text());
      }
  } finally {
    await dispatcher.close();
  }
  return lines.join('\n');
}

const curl = (name: string, tls: '1.1' | '2.0', ...more: string[]): Stack => ({
  name,
  missing: () => (there('curl', '--version') ? null : 'curl'),
  async run({ proxy, ca, http, https }) {
    const way = more.includes('--socks') ? ['-x', proxy.replace('http:', 'socks5h:')] : ['-x', proxy];
    const common = ['-sS', '--max-time', '10', ...way, '--cacert', ca, ...more.filter((flag) => flag !== '--socks')];
    const lines: string[] = [];
    for (const url of [http, https])
      for (const body of [[], ['--data-binary', BODY]]) lines.push(await output('curl', [...common, ...body, `${url}/x`]));
    return lines.join('\n');
  },
  tls,
});

const STACKS: readonly Stack[] = [
  curl('curl, HTTP/2', '2.0'),
  curl('curl, HTTP/1.1', '1.1', '--http1.1'),
  curl('curl, SOCKS5', '2.0', '--socks'),
  { name: 'Node http and https', missing: () => null, run: byNode, tls: '1.1' },
  { name: 'undici ProxyAgent, HTTP/1.1', missing: () => null, run: (at) => byUndici(at, false), tls: '1.1' },
  { name: 'undici ProxyAgent, HTTP/2', missing: () => null, run: (at) => byUndici(at, true), tls: '2.0' },
  inPython('urllib'),
  inPython('requests'),
  inPython('aiohttp'),
  { ...inPython('httpx', '2.0'), missing: () => (python('httpx, h2') ? null : 'python3-httpx python3-h2') },
  {
    name: 'Java HttpClient',
    missing: () => (there('javac', '-version') ? null : 'default-jdk-headless'),
    run: (at) => inJava('HttpClientProbe', [], at),
    tls: '2.0',
  },
  {
    name: 'OkHttp',
    missing: () => (there('javac', '-version') && OKHTTP.every((jar) => existsSync(jar)) ? null : 'libokhttp-java'),
    run: (at) => inJava('OkHttpProbe', OKHTTP, at),
    tls: '2.0',
  },
  {
    name: 'Go net/http',
    missing: () => (there('go', 'version') ? null : 'golang-go'),
    run: ({ folder, proxy, ca, http, https }) =>
      output('go', ['run', join(SOURCES, 'probe.go'), proxy, ca, http, https, BODY], {
        GOCACHE: join(folder, 'go-cache'),
        GO111MODULE: 'off',
        GOFLAGS: '',
      }),
    tls: '2.0',
  },
];

describe('real client stacks through the built program', () => {
  const folder = temporaryFolder();
  const servers: Server[] = [];
  let program: RunningProgram;
  let places: Places;

  beforeAll(async () => {
    const identity = makeIdentity();
    const root = join(folder.path, 'root.pem');
    writeFileSync(root, identity.certificate);
    const http = createServer(answer);
    const https = createSecureServer({ cert: identity.certificate, key: identity.key, allowHTTP1: true }, answer);
    servers.push(http, https);
    await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))));
    program = await startProgram(folder.path, ['--upstream-ca', root]);
    const at = (server: Server) => `localhost:${(server.address() as AddressInfo).port}`;
    places = {
      folder: folder.path,
      proxy: program.proxy,
      proxyPort: program.proxyPort,
      ca: program.ca,
      http: `http://${at(http)}`,
      https: `https://${at(https)}`,
    };
  });
  afterAll(async () => {
    const { code } = await program.stop();
    for (const server of servers) server.close();
    folder.remove();
    expect(code).toBe(0);
  });

  const recorded = async (): Promise<number> =>
    ((await program.api(`/api/sessions/${program.session}`)) as { counters: { exchanges: number } }).counters.exchanges;

  test.for(STACKS)('$name', { timeout: 120_000 }, async (stack, { skip }) => {
    const missing = stack.missing();
    if (missing !== null) {
      console.warn(`SKIPPED ${stack.name}: not installed (Debian: ${missing}; "node scripts/ensure-clients.mjs" as root).`);
      skip(`not installed: ${missing}`);
    }
    const before = await recorded();
    const lines = (await stack.run(places)).trim().split('\n');
    expect(lines).toEqual([
      `1.1 GET /x ${EMPTY}`,
      `1.1 POST /x ${DIGEST}`,
      `${stack.tls} GET /x ${EMPTY}`,
      `${stack.tls} POST /x ${DIGEST}`,
    ]);
    await until(recorded, (count) => count === before + 4);
  });
});
