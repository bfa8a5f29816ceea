/**
 * Who may talk to the page's server.
 *
 * Danger: behind this server lie the test person's phone number, ID number and tokens in clear text, and every web page open in
 * the same browser can send requests to 127.0.0.1. Fences, all of them on every request:
 * 1. a token of 128 random bits, compared in constant time (mitmweb GHSA-wg33-5h85-7q5p: loopback alone is no fence);
 * 2. a list of allowed Host values, which ends DNS rebinding (mitmweb CVE-2018-14505);
 * 3. Origin and Sec-Fetch-Site on whatever changes something and on the WebSocket upgrade, where SameSite cookies do not help
 *    because cookies ignore ports (cross-site WebSocket hijacking, the vite family of 2025);
 * 4. a cookie name that carries the port, so that two instances do not log each other out (mitmproxy's cookie bugs).
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { networkInterfaces } from 'node:os';
import { OverreachError, UsageError } from '../errors.js';

/** Hex digits of 128 bit. */
const TOKEN_DIGITS = 32;
/** Bytes of randomness of a token made here. */
const TOKEN_BYTES = 16;

export class AccessError extends OverreachError {
  readonly status: number;
  constructor(status: number, code: string, message: string, next: string) {
    super(code, message, { next });
    this.status = status;
  }
}

export interface Access {
  readonly token: string;
  readonly cookieName: string;
  /** Value of the Set-Cookie header after a login by token. */
  readonly setCookie: string;
  /** @throws AccessError 400/403 when Host is missing, doubled or foreign. */
  checkHost(request: IncomingMessage): void;
  /** @throws AccessError 403 when a browser sends it for another site. */
  checkOrigin(request: IncomingMessage, kind: 'read' | 'change' | 'upgrade'): void;
  /** True when the request carries the cookie or `Authorization: Bearer`. */
  isAuthorized(request: IncomingMessage): boolean;
  isToken(candidate: string): boolean;
}

/** A new token: 128 random bits in hex. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('hex');
}

/** Compares digests, so that neither content nor length shows in the time it takes. */
function equal(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
}

/** Host values a browser on this machine (or, for a LAN listener, beside it) may write for this address. */
export function allowedHosts(host: string, port: number): readonly string[] {
  const names = new Set(['127.0.0.1', 'localhost', '[::1]']);
  if (host === '0.0.0.0' || host === '::') {
    for (const list of Object.values(networkInterfaces()))
      for (const { address, family } of list ?? []) names.add(family === 'IPv6' ? `[${address.split('%')[0]}]` : address);
  } else names.add(host.includes(':') ? `[${host.replace(/^\[|\]$/g, '')}]` : host.toLowerCase());
  const hosts = [...names].map((name) => `${name}:${port}`);
  // RFC 9110 section 7.2: the default port may be left out.
  return port === 80 ? [...hosts, ...names] : hosts;
}

function cookieOf(request: IncomingMessage, name: string): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key = '', ...rest] = pair.split('=');
    if (key.trim() === name) return rest.join('=').trim();
  }
  return null;
}

function countHeader(request: IncomingMessage, name: string): number {
  return request.rawHeaders.filter((header, index) => index % 2 === 0 && header.toLowerCase() === name).length;
}

/**
 * @param token at least 32 characters.
 * @throws UsageError OVR_UI_TOKEN_WEAK for a shorter token.
 */
export function createAccess(listen: { readonly host: string; readonly port: number }, token: string): Access {
  if (token.length < TOKEN_DIGITS)
    throw new UsageError('OVR_UI_TOKEN_WEAK', 'The token of the page is too short to be safe.', {
      next: `Give at least ${TOKEN_DIGITS} characters, or leave it out to get a random one.`,
    });
  const hosts = allowedHosts(listen.host, listen.port);
  const origins = new Set(hosts.map((host) => `http://${host}`));
  const cookieName = `overreach_${listen.port}`;
  // Derived, so that a leaked cookie cannot be turned into a link that logs in elsewhere.
  const cookieValue = createHash('sha256').update(`overreach page cookie ${token}`).digest('hex');
  const siteRefusal = () =>
    new AccessError(
      403,
      'OVR_UI_ORIGIN',
      'This request was sent by another site.',
      'Open the address that "overreach start" printed, in a tab of its own.',
    );

  return {
    token,
    cookieName,
    setCookie: `${cookieName}=${cookieValue}; Path=/; HttpOnly; SameSite=Strict`,
    checkHost(request) {
      // Node keeps the first of two Host headers (measured); a request with two has no honest sender.
      if (countHeader(request, 'host') !== 1 || !(request.url ?? '').startsWith('/'))
        throw new AccessError(
          400,
          'OVR_UI_HOST',
          'The request names no host or several.',
          'Use a browser, or send exactly one Host header.',
        );
      if (!hosts.includes((request.headers.host ?? '').toLowerCase()))
        throw new AccessError(
          403,
          'OVR_UI_HOST',
          'The page does not answer under this host name.',
          'Open the address that "overreach start" printed (127.0.0.1 or localhost).',
        );
    },
    checkOrigin(request, kind) {
      const { origin, authorization } = request.headers;
      const site = request.headers['sec-fetch-site'];
      if (kind === 'read') {
        if ((site === 'cross-site' || site === 'same-site') && request.headers['sec-fetch-mode'] !== 'navigate') throw siteRefusal();
        if (origin !== undefined && !origins.has(origin)) throw siteRefusal();
        return;
      }
      if (site !== undefined && site !== 'same-origin') throw siteRefusal();
      if (origin === undefined) {
        // Only a program that holds the token itself may leave Origin out; a browser always sends it here.
        if (kind === 'change' && authorization !== undefined) return;
        throw siteRefusal();
      }
      if (!origins.has(origin)) throw siteRefusal();
    },
    isAuthorized(request) {
      const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
      if (bearer !== undefined) return equal(bearer, token);
      const cookie = cookieOf(request, cookieName);
      return cookie !== null && equal(cookie, cookieValue);
    },
    isToken: (candidate) => equal(candidate, token),
  };
}
