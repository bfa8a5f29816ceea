/**
 * The server of the live page. Danger and fences: see access.ts (who may ask), feed.ts (what a stalled tab may cost), assets.ts
 * (no path from a request reaches the disk), view/ (captured bytes leave as JSON text with marks, never with a type of their own).
 */
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import Fastify, { type FastifyReply } from 'fastify';
import { CaptureError } from '../errors.js';
import { limits } from '../limits.js';
import type { Lasting, Trouble } from '../model/trouble.js';
import { type Access, AccessError, createAccess, newToken } from './access.js';
import { createApi, errorAnswer } from './api.js';
import { type Asset, defaultPageDir, readAssets } from './assets.js';
import { Feed } from './feed.js';
import type { LiveOptions, LiveServer } from './options.js';

export { seenIn } from './devices.js';
export type {
  Explain,
  ExplainStep,
  FieldsOf,
  LiveCommands,
  LiveOptions,
  LiveServer,
  NewSession,
  Onboarding,
  PersonaBook,
  PersonaChange,
  PersonaShown,
  Rejudged,
  RenderedReport,
  Retention,
  SessionDiff,
} from './options.js';
export type { LiveStore, PlacedOccurrence } from './store-port.js';

export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
  "frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

const LOGIN_NEEDED =
  '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Overreach</title>' +
  '<h1>需要令牌</h1><p>请打开终端里 overreach start 打印的完整地址（含 token）。</p>' +
  '<h1 lang="en">A token is needed</h1><p lang="en">Open the full address, with its token, that "overreach start" printed in the terminal.</p></html>';

/**
 * Starts the page's server.
 * @throws UsageError OVR_UI_TOKEN_WEAK, OVR_UI_NOT_BUILT; CaptureError OVR_UI_LISTEN when the address cannot be had.
 */
export async function startLive(options: LiveOptions): Promise<LiveServer> {
  const now = options.now ?? Date.now;
  const token = options.token ?? newToken();
  const assets = readAssets(options.pageDir ?? defaultPageDir());
  const fastify = Fastify({ logger: false, bodyLimit: limits.uiBody, forceCloseConnections: true, routerOptions: { maxParamLength: 200 } });
  // fastify reads text/plain by itself, and that is a type which a form of another site can send without asking (CORS "simple").
  fastify.removeContentTypeParser('text/plain');
  // Set once the port is known; no request can arrive before.
  let access: Access | null = null;

  const feed = new Feed({
    session: () => options.audit?.session().id ?? null,
    rowsOf: (session, findings) => api.rowsOf(session, findings),
    groupsOf: (session, connection) => api.groupsOf(session, connection),
    now,
    onError: (error) => options.onError?.(error),
  });
  let trouble: Trouble | null = null;
  const api = createApi(
    options,
    () => feed.batch,
    () => trouble,
  );

  fastify.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS);
    const fence = access;
    if (fence === null) throw new AccessError(503, 'OVR_UI_STARTING', 'The page is starting.', 'Try again in a second.');
    fence.checkHost(request.raw);
    fence.checkOrigin(request.raw, request.method === 'GET' || request.method === 'HEAD' ? 'read' : 'change');
    if (isLogin(request.raw)) return;
    if (!fence.isAuthorized(request.raw)) throw tokenRefusal();
  });
  fastify.setErrorHandler((error, request, reply) => {
    const { status, body, unforeseen } = errorAnswer(error);
    if (unforeseen) options.onError?.(error);
    if (status === 401 && request.method === 'GET' && request.headers['sec-fetch-dest'] === 'document')
      return reply.code(401).type('text/html; charset=utf-8').send(LOGIN_NEEDED);
    return reply.code(status).send(body);
  });
  fastify.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ code: 'OVR_UI_NOT_FOUND', message: 'There is nothing here.', next: 'See GET /api/openapi.json.' }),
  );

  fastify.get('/', (request, reply) => {
    const page = assets.get('/index.html');
    const url = new URL(request.url, 'http://localhost');
    const candidate = url.searchParams.get('token');
    if (candidate === null || page === undefined) return sendAsset(reply, page);
    if (access?.isToken(candidate) !== true) throw tokenRefusal();
    reply.header('set-cookie', access.setCookie);
    // A link followed from another site keeps its cookies through a redirect at bay (SameSite=Strict): then the page itself
    // comes at once, and strips the token from its address.
    if (request.headers['sec-fetch-site'] === 'cross-site' || request.headers['sec-fetch-site'] === 'same-site')
      return sendAsset(reply, page);
    url.searchParams.delete('token');
    return reply.redirect(`/${url.search}`, 303);
  });
  fastify.get('/assets/*', (request, reply) => sendAsset(reply, assets.get(request.url)));
  api.routes(fastify);

  fastify.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A socket that breaks before it is taken over must not end the process.
    socket.on('error', () => socket.destroy());
    try {
      access?.checkHost(request);
      access?.checkOrigin(request, 'upgrade');
      if (access?.isAuthorized(request) !== true) throw tokenRefusal();
      if (request.url !== '/feed') throw new AccessError(404, 'OVR_UI_NOT_FOUND', 'There is nothing here.', 'The feed is at /feed.');
      feed.accept(request, socket, head);
    } catch (error) {
      const { status, body } = errorAnswer(error);
      const text = JSON.stringify(body);
      socket.end(
        `HTTP/1.1 ${status} Refused\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
      );
    }
  });

  await fastify.listen({ host: options.listen.host, port: options.listen.port }).catch((error: unknown) => {
    feed.close();
    throw new CaptureError('OVR_UI_LISTEN', `The page cannot listen on ${options.listen.host}:${options.listen.port}.`, {
      next: 'Choose another address with --ui HOST:PORT, or port 0 for a free one.',
      cause: error,
    });
  });
  const address = addressOf(fastify.server.address());
  access = createAccess({ host: options.listen.host, port: address.port }, token);
  const over = (lasts: Lasting): void => {
    if (lasts === null || trouble?.lasts !== lasts) return;
    trouble = null;
    feed.trouble(null);
  };
  const stop = options.audit?.subscribe((batch) => {
    // A batch is told once it is stored: whatever the disk refused before has passed.
    over('until_stored');
    feed.push(batch);
  });

  return {
    url: `http://${shownHost(options.listen.host)}:${address.port}/?token=${token}`,
    address,
    token,
    tell({ code, message, next, zh }, lasts) {
      if (weight(trouble?.lasts) > weight(lasts)) return;
      trouble = { code, message, next, ...(zh === undefined ? {} : { zh }), at: now(), lasts };
      feed.trouble(trouble);
    },
    caughtUp: () => over('until_caught_up'),
    async close() {
      stop?.();
      feed.close();
      await fastify.close();
    },
  };
}

/** How much a trouble must be seen, beside others. */
function weight(lasts: Lasting | undefined): number {
  return lasts === 'for_good' ? 3 : lasts === 'until_stored' ? 2 : lasts === 'until_caught_up' ? 1 : 0;
}

/** The one request that may come without cookie: the page with a token in its address. */
function isLogin(request: IncomingMessage): boolean {
  return request.method === 'GET' && /^\/\?(.*&)?token=/.test(request.url ?? '');
}

function tokenRefusal(): AccessError {
  return new AccessError(
    401,
    'OVR_UI_TOKEN',
    'The token is missing or wrong.',
    'Open the full address, with its token, that "overreach start" printed.',
  );
}

function sendAsset(reply: FastifyReply, asset: Asset | undefined): FastifyReply {
  if (asset === undefined)
    return reply.code(404).send({ code: 'OVR_UI_NOT_FOUND', message: 'There is nothing here.', next: 'Reload the page.' });
  return reply.header('content-type', asset.type).send(asset.bytes);
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string')
    throw new CaptureError('OVR_UI_LISTEN', 'The page listens on no network address.', { next: 'Give --ui HOST:PORT.' });
  return address;
}

function shownHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
