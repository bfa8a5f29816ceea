import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LiveOptions, type LiveServer, startLive } from '../../src/live/index.js';
import { undoCoding } from '../../src/session/content-coding.js';
import { type FakeAudit, fakeExplain } from './fake-audit.js';
import { checks, dataTypes, pack } from './fake-rules.js';

/** A page of two files, where a test does not need the real one. */
export function pageFolder(): { readonly dir: string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), 'overreach-page-'));
  mkdirSync(join(dir, 'assets'));
  writeFileSync(join(dir, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(dir, 'assets', 'page.js'), 'export {};');
  return { dir, remove: () => rmSync(dir, { recursive: true }) };
}

export interface Started extends LiveServer {
  readonly origin: string;
  readonly port: number;
}

/** The server over a fake audit, on a free port. */
export async function startFake(audit: FakeAudit, options: Partial<LiveOptions> = {}): Promise<Started> {
  const page = options.pageDir === undefined ? pageFolder() : null;
  const live = await startLive({
    listen: { host: '127.0.0.1', port: 0 },
    audit,
    store: audit.store,
    rules: () => ({ pack, dataTypes, checks }),
    explain: fakeExplain,
    undoCoding,
    version: '0.0.0',
    pageDir: page?.dir ?? '',
    onError: (error) => {
      throw error;
    },
    ...options,
  });
  return {
    ...live,
    port: live.address.port,
    origin: `http://127.0.0.1:${live.address.port}`,
    async close() {
      await live.close();
      page?.remove();
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  json(): Record<string, unknown>;
}

/** A request with exactly these headers; `fetch` would forbid Host, Origin and Sec-Fetch-Site. */
export function ask(
  port: number,
  path: string,
  options: { method?: string; headers?: Record<string, string | string[]>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method: options.method ?? 'GET',
        headers: { connection: 'close', ...options.headers },
        setHost: options.headers?.host === undefined,
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            json: () => JSON.parse(text) as Record<string, unknown>,
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(options.body);
  });
}

export interface Client {
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
  remove(path: string): Promise<Answer>;
}

/** A program that holds the token. */
export function bearer({ port, token }: Started): Client {
  const authorization = `Bearer ${token}`;
  const send = (method: string, path: string, body: unknown) =>
    ask(port, path, { method, headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return {
    get: (path) => ask(port, path, { headers: { authorization } }),
    post: (path, body) => send('POST', path, body),
    put: (path, body) => send('PUT', path, body),
    remove: (path) => ask(port, path, { method: 'DELETE', headers: { authorization } }),
  };
}

/** Logs in as a browser does and gives the cookie. */
export async function login({ port, token }: Started): Promise<string> {
  const { headers } = await ask(port, `/?token=${token}`);
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}
