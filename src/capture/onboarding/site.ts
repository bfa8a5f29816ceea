/**
 * The pages a phone opens to get ready. Anyone in the network may open them, so they hold public material only: the certificate,
 * its fingerprint, and the lights of the very phone that asks. No path, name or query of a request reaches a file or the page.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { limits } from '../../limits.js';
import { plainAddress } from '../address-policy.js';
import type { CaExport, CertificateAuthority } from '../certificate-authority.js';
import type { Devices } from '../devices.js';
import { lightsOf } from './lights.js';
import { type PageId, renderPage } from './pages.js';
import { proxyScript } from './proxy-script.js';
import { SCRIPT } from './script.js';
import { STYLE } from './style.js';
import { chooseLanguage, readBrowser, readModel, readPlatform } from './visitor.js';

export interface SiteOptions {
  readonly authority: CertificateAuthority;
  readonly devices: Devices;
  readonly magicHost: string;
  readonly now: () => number;
}

interface Visit {
  readonly address: string;
  readonly proxied: boolean;
}

const DOWNLOADS: ReadonlyMap<string, CaExport> = new Map(
  Object.entries({
    '/ca.crt': 'pem',
    '/ca.pem': 'pem',
    '/ca.cer': 'der',
    '/ca.mobileconfig': 'mobileconfig',
    '/ca.0': 'android-0',
  } as const),
);

const PAGES: ReadonlyMap<string, PageId> = new Map(
  Object.entries({
    '/': 'start',
    '/ios': 'ios',
    '/android': 'android',
    '/harmony': 'harmony',
    '/cleanup': 'cleanup',
  } as const),
);

/** A transparent pixel: the answer to the HTTPS probe. Only that it arrives matters. */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

interface Reply {
  readonly status?: number;
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

const TEXT = 'text/plain; charset=utf-8';

/** Where the phone has reached us: what it must enter as proxy. The Host header is used only in the shape of an address and port. */
function hostOf(request: IncomingMessage): string {
  const asked = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-fA-F:.]+\]):\d{1,5}$/.exec(request.headers.host ?? '');
  if (asked !== null) return asked[0];
  const own = plainAddress(request.socket.localAddress ?? '') ?? { address: '127.0.0.1', family: 4 };
  return `${own.family === 6 ? `[${own.address}]` : own.address}:${request.socket.localPort ?? 0}`;
}

/** Path and query of a request in origin or absolute form; not by `new URL`, which throws on `//`. */
function readTarget(target: string): readonly [string, URLSearchParams] {
  const [, path = '', query = ''] = /^(?:[a-z]+:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/i.exec(target) ?? [];
  return [path === '' ? '/' : path, new URLSearchParams(query)];
}

export class OnboardingSite {
  readonly #options: SiteOptions;
  readonly #server: Server;
  readonly #visits = new WeakMap<Socket, Visit>();
  readonly #asked = new Map<string, { minute: number; count: number }>();

  constructor(options: SiteOptions) {
    this.#options = options;
    // Never listens: it is given sockets that the gate has looked at.
    this.#server = createServer({ maxHeaderSize: limits.httpHead }, (request, response) => this.#answer(request, response));
  }

  /** @param proxied the phone came by way of its proxy setting. */
  serve(socket: Socket, address: string, proxied: boolean): void {
    this.#visits.set(socket, { address, proxied });
    this.#server.emit('connection', socket);
    socket.setTimeout(limits.headMs, () => socket.destroy());
    socket.resume();
  }

  #exceeds(address: string): boolean {
    const minute = Math.floor(this.#options.now() / 60_000);
    const seen = this.#asked.get(address);
    if (seen?.minute === minute) return ++seen.count > limits.onboardingPerMinute;
    if (this.#asked.size > limits.devices) this.#asked.clear();
    this.#asked.set(address, { minute, count: 1 });
    return false;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const reply = this.#reply(request, this.#visits.get(request.socket) ?? { address: '', proxied: false });
    const bytes = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body;
    response.writeHead(reply.status ?? 200, {
      'Content-Type': reply.type,
      'Content-Length': bytes.length,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      // A phone's proxy connection may carry requests for other origins next; this server would take them for its own.
      Connection: 'close',
      'Content-Security-Policy': "default-src 'none'",
      ...reply.headers,
    });
    response.end(bytes);
  }

  #reply(request: IncomingMessage, visit: Visit): Reply {
    const { devices, magicHost, now, authority } = this.#options;
    if (this.#exceeds(visit.address)) return { status: 429, type: TEXT, body: `onboardingPerMinute ${limits.onboardingPerMinute}\n` };
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return { status: 405, type: TEXT, body: 'GET\n', headers: { Allow: 'GET, HEAD' } };
    const [path, query] = readTarget(request.url ?? '/');
    const language = chooseLanguage(query.get('lang'), request.headers['accept-language']);
    const proxy = hostOf(request);
    devices.reached(visit.address, visit.proxied);
    if (path === '/site.css') return { type: 'text/css; charset=utf-8', body: STYLE };
    if (path === '/lights.js') return { type: 'text/javascript; charset=utf-8', body: SCRIPT };
    if (path === '/proxy.pac') return { type: 'application/x-ns-proxy-autoconfig', body: proxyScript(proxy) };
    if (path === '/favicon.ico') return { type: 'image/gif', body: PIXEL };
    if (path === '/probe.gif') {
      if ('encrypted' in request.socket) devices.probed(visit.address);
      return { type: 'image/gif', body: PIXEL };
    }
    if (path === '/status.json')
      return {
        type: 'application/json; charset=utf-8',
        body: JSON.stringify(lightsOf(devices.state(visit.address), magicHost, now(), language)),
      };
    const kind = DOWNLOADS.get(path);
    if (kind !== undefined) return this.#download(kind, visit);
    const page = PAGES.get(path);
    if (page === undefined) return { status: 404, type: TEXT, body: 'not found\n' };
    const model = readModel(request.headers['user-agent']);
    if (model !== null) devices.named(visit.address, model);
    // The probe goes to a name that only our authority signs: the magic host where the proxy resolves it, else this very address.
    const probe = `https://${visit.proxied ? magicHost : proxy}`;
    return {
      type: 'text/html; charset=utf-8',
      body: renderPage(page, {
        language,
        platform: readPlatform(request.headers['user-agent']),
        browser: readBrowser(request.headers['user-agent']),
        authority,
        magicHost,
        proxy,
        probe: `${probe}/probe.gif`,
      }),
      headers: {
        'Content-Security-Policy': `default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' ${probe}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      },
    };
  }

  #download(kind: CaExport, visit: Visit): Reply {
    const file = this.#options.authority.exportCa(kind);
    this.#options.devices.downloaded(visit.address);
    return {
      // Phones open the certificate installer by this type, whatever the encoding of the file.
      type: kind === 'pem' ? 'application/x-x509-ca-cert' : file.contentType,
      body: file.bytes,
      // iOS installs a profile only when it is not an attachment.
      ...(kind === 'mobileconfig' ? {} : { headers: { 'Content-Disposition': `attachment; filename="${file.fileName}"` } }),
    };
  }

  close(): void {
    this.#server.close();
  }
}
