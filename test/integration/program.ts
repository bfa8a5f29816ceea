import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import forge from 'node-forge';
import { WebSocketServer } from 'ws';

/** The built program, driven as a user drives it: by its command line, its sockets and its files. */
export const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder that is gone when the test is. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'overreach-door-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }) };
}

/** Runs a command to its end. `HOME` is the folder, so that nothing of the user's is read or written. */
export function runProgram(home: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return ended(spawnProgram(home, args, env));
}

/** The process itself, for what runs until it is told to end. */
export function spawnProgram(home: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const clean = { PATH: process.env.PATH, HOME: home, NO_COLOR: '1', OVERREACH_DATA_DIR: join(home, 'data'), ...env };
  return spawn(process.execPath, [MAIN, ...args], { cwd: home, env: clean, stdio: ['ignore', 'pipe', 'pipe'] });
}

function ended(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

export interface Addresses {
  readonly proxy: string;
  readonly ui: string;
  readonly onboarding: string;
  readonly socks: string;
  readonly ca: string;
  readonly session: string;
}

export interface RunningProgram extends Addresses {
  readonly pid: number;
  readonly proxyPort: number;
  /** GET of the page's API, with the token. */
  api(path: string): Promise<unknown>;
  post(path: string, body: unknown): Promise<Response>;
  put(path: string, body: unknown): Promise<Response>;
  /** SIGTERM, then waits for the end. */
  stop(): Promise<Ended>;
  /** As if the machine lost power for this process: SIGKILL. */
  kill(): Promise<Ended>;
}

/** `overreach start --json` on free loopback ports. */
export async function startProgram(home: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<RunningProgram> {
  const all = ['start', '--json', '--listen', '127.0.0.1:0', '--ui', '127.0.0.1:0', '--allow-loopback', ...args];
  const child = spawnProgram(home, all, env);
  const end = ended(child);
  const addresses = await new Promise<Addresses>((resolve, reject) => {
    let line = '';
    child.stdout?.on('data', (text: string) => {
      line += text;
      if (line.includes('\n')) resolve(JSON.parse(line.slice(0, line.indexOf('\n'))) as Addresses);
    });
    void end.then(({ code, stderr }) => reject(new Error(`ended with ${code} before it was ready: ${stderr}`)));
  });
  const ui = new URL(addresses.ui);
  const authorization = `Bearer ${ui.searchParams.get('token')}`;
  const sendJson = (method: string, path: string, body: unknown) =>
    fetch(new URL(path, ui.origin), {
      method,
      headers: { authorization, origin: ui.origin, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return {
    ...addresses,
    pid: child.pid ?? 0,
    proxyPort: Number(new URL(addresses.proxy).port),
    async api(path) {
      const response = await fetch(new URL(path, ui.origin), { headers: { authorization } });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return response.json();
    },
    post: (path, body) => sendJson('POST', path, body),
    put: (path, body) => sendJson('PUT', path, body),
    stop() {
      child.kill('SIGTERM');
      return end;
    },
    kill() {
      child.kill('SIGKILL');
      return end;
    },
  };
}

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

export interface Origin {
  readonly httpPort: number;
  readonly httpsPort: number;
  /** PEM file of the root that vouches for `localhost` and 127.0.0.1. */
  readonly ca: string;
  readonly seen: Seen[];
  close(): Promise<void>;
}

/** An origin on loopback: HTTP, HTTPS and WebSocket echo, remembering what reached it. */
export async function startOrigin(home: string): Promise<Origin> {
  const { certificate, key } = selfSigned(['localhost', 'app.localhost'], ['127.0.0.1']);
  const ca = join(home, 'origin-ca.pem');
  writeFileSync(ca, certificate);
  const seen: Seen[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = [];
    request.on('data', (chunk: Buffer) => parts.push(chunk));
    request.on('end', () => {
      seen.push({ method: request.method ?? '', url: request.url ?? '', rawHeaders: request.rawHeaders, body: Buffer.concat(parts) });
      if (request.url === '/form') {
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.end(
          '<!doctype html><title>form</title><form method="post" action="/submit"><input name="phone"><input name="idCard"><button>send</button></form>',
        );
        return;
      }
      response.setHeader('content-type', 'application/json');
      response.end('{"ok":true}');
    });
  };
  const http = createHttpServer(answer);
  const https = createHttpsServer({ cert: certificate, key }, answer);
  const sockets = [http, https].map((server) => new WebSocketServer({ server }));
  for (const server of sockets) server.on('connection', (socket) => socket.on('message', (data, binary) => socket.send(data, { binary })));
  await Promise.all([http, https].map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))));
  return {
    httpPort: (http.address() as AddressInfo).port,
    httpsPort: (https.address() as AddressInfo).port,
    ca,
    seen,
    async close() {
      for (const server of sockets) for (const client of server.clients) client.terminate();
      for (const server of [http, https]) server.closeAllConnections();
      await Promise.all([http, https].map((server) => new Promise<void>((resolve) => server.close(() => resolve()))));
    },
  };
}

function selfSigned(names: readonly string[], addresses: readonly string[]): { certificate: string; key: string } {
  const keys = forge.pki.rsa.generateKeyPair(2048);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = keys.publicKey;
  certificate.serialNumber = '0123456789';
  certificate.validity.notBefore = new Date(Date.now() - 86_400_000);
  certificate.validity.notAfter = new Date(Date.now() + 86_400_000);
  const subject = [{ name: 'commonName', value: 'test origin' }];
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true },
    { name: 'subjectAltName', altNames: [...names.map((value) => ({ type: 2, value })), ...addresses.map((ip) => ({ type: 7, ip }))] },
  ]);
  certificate.sign(keys.privateKey, forge.md.sha256.create());
  return { certificate: forge.pki.certificateToPem(certificate), key: forge.pki.privateKeyToPem(keys.privateKey) };
}

/** Asks again until the answer holds. @throws with the last answer after `ms`. */
export async function until<T>(ask: () => Promise<T>, holds: (answer: T) => boolean, ms = 20_000): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`still not so after ${ms} ms: ${JSON.stringify(answer).slice(0, 2_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
