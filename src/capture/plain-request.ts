/**
 * What a plain `http://` request asks for, and how it goes on. It loses what is the proxy's business and nothing else:
 *   - the request line: absolute form becomes origin form (RFC 9112 section 3.2.1), cut out of the line, not normalised;
 *   - Proxy-Connection and Proxy-Authorization; Upgrade other than to WebSocket (h2c would hide what follows);
 *   - a Host is added where there is none.
 * Everything else, `Connection` and `TE` included, goes on byte for byte, because one phone connection has one origin connection
 * at a time and so these options hold end to end. Host stays even where it differs from the target: HTTPDNS clients connect to
 * an address and name the host there; the observer reports the difference.
 */
import { limits } from '../limits.js';
import type { HostPort } from './address-policy.js';
import { readAuthority, writeAuthority } from './authority.js';
import type { CauseCode } from './causes.js';
import { type HeaderLine, members, type RequestHead, values } from './http-head.js';
import type { PlainOrigin } from './upstream.js';

export type Target =
  | { readonly kind: 'origin'; readonly at: HostPort; readonly path: string }
  | { readonly kind: 'onboarding'; readonly proxied: boolean }
  | { readonly kind: 'refused'; readonly code: CauseCode; readonly detail: string };

const DROPPED = new Set(['proxy-connection', 'proxy-authorization']);

/** Any other upgrade is none of ours to carry on. */
export function asksWebSocket(lines: readonly HeaderLine[]): boolean {
  return members(lines, 'upgrade').includes('websocket') && members(lines, 'connection').includes('upgrade');
}

/**
 * The head as it goes to the origin.
 * @param parent an HTTP proxy above, which gets the absolute form (RFC 9112 section 3.2.2) and its credentials.
 */
export function forwardedHead(head: RequestHead, at: HostPort, path: string, parent: PlainOrigin['parent'] = null): Buffer {
  const dropUpgrade = values(head.lines, 'upgrade').length > 0 && !asksWebSocket(head.lines);
  const target = parent === null ? path : `http://${writeAuthority(at.host, at.port, 80)}${path === '*' ? '' : path}`;
  const out = [`${head.method} ${target} HTTP/${head.version}`];
  if (parent !== null && parent.authorization !== null) out.push(`Proxy-Authorization: ${parent.authorization}`);
  if (values(head.lines, 'host').length === 0) out.push(`Host: ${writeAuthority(at.host, at.port, 80)}`);
  for (const line of head.lines) {
    if (DROPPED.has(line.name) || (dropUpgrade && (line.name === 'upgrade' || line.name === 'http2-settings'))) continue;
    if (dropUpgrade && line.name === 'connection') {
      const left = line.value.split(',').filter((option) => !['upgrade', 'http2-settings'].includes(option.trim().toLowerCase()));
      if (left.length > 0) out.push(`${line.raw.slice(0, line.raw.indexOf(':'))}: ${left.join(',').trim()}`);
      continue;
    }
    out.push(line.raw);
  }
  return Buffer.from(`${out.join('\r\n')}\r\n\r\n`, 'latin1');
}

/**
 * What a phone asks for by its request line.
 * @param isOnboarding whether this is the address of the pages for the phone.
 */
export function targetOf(head: RequestHead, isOnboarding: (at: HostPort) => boolean): Target {
  const absolute = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(head.target);
  if (absolute === null)
    return head.target.startsWith('/')
      ? { kind: 'onboarding', proxied: false }
      : { kind: 'refused', code: 'OVR_HTTP_HEAD', detail: 'request target' };
  const [, scheme = '', authority = '', rest = ''] = absolute;
  if (!['http', 'ws'].includes(scheme.toLowerCase()))
    return { kind: 'refused', code: 'OVR_HTTP_SCHEME', detail: /^(https|wss|ftp)$/i.test(scheme) ? scheme.toLowerCase() : '' };
  const at = readAuthority(authority, 80);
  if (at === null) return { kind: 'refused', code: 'OVR_HTTP_HEAD', detail: 'authority' };
  if (isOnboarding(at)) return { kind: 'onboarding', proxied: true };
  // RFC 9112 section 3.2.4: OPTIONS on a whole server.
  const path = rest === '' ? (head.method === 'OPTIONS' ? '*' : '/') : rest.startsWith('/') ? rest : `/${rest}`;
  return { kind: 'origin', at, path };
}

/**
 * For whom a request was that cannot be carried on, as far as its bytes say: they need not be a whole head, nor a sound one.
 * @returns null where its first line names no host.
 */
export function aimOf(bytes: Buffer): { readonly at: HostPort; readonly authorization: string | undefined } | null {
  const text = bytes.toString('latin1', 0, Math.min(bytes.length, limits.httpHead));
  const tunnel = /^CONNECT +([^\s/?#]+)/.exec(text)?.[1];
  const line = /^\S{1,64} +([a-z][a-z0-9+.-]*):\/\/([^/?#\s]*)/i.exec(text);
  if (line === null && tunnel === undefined) return null;
  const [, scheme = '', authority = ''] = line ?? [];
  const at = tunnel === undefined ? readAuthority(authority, /^(?:https|wss)$/i.test(scheme) ? 443 : 80) : readAuthority(tunnel, null);
  return at === null ? null : { at, authorization: /^proxy-authorization:[ \t]*(.*?)[ \t]*\r?$/im.exec(text)?.[1] };
}
