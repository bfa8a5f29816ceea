import { isIP } from 'node:net';
import type { TapOpen } from '../model/tap.js';
import type { Warnings } from './warnings.js';

const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i;
/** A host as RFC 3986 allows it, plus underscore, which real names carry; raw UTF-8 of careless clients passes as well. */
const AUTHORITY = /^(?:\[[0-9a-f:.]+(?:%[\w.~-]+)?\]|[\w.~!$&'()*+,;=%\x80-\xff-]+)(?::(\d{0,5}))?$/i;

/** Where a request says that it goes. */
export interface Aim {
  readonly method: string;
  /** Request target as on the wire; `:path` in HTTP/2. */
  readonly target: string;
  /** First Host header, or `:authority`. */
  readonly authority: string | null;
}

/**
 * The absolute URL of a request (RFC 9112 section 3.3): the target's own authority wins, then Host, then what the phone connected to.
 * The URL is plain ASCII: raw bytes above 0x7E and control bytes are percent-encoded, and `#`, which a URL parser would cut
 * away together with what follows it, becomes `%23`. Where the three sources disagree, `host-mismatch` names them all.
 */
export function targetUrl(open: TapOpen, aim: Aim, warnings: Warnings): string {
  const secure = open.layer === 'tls';
  const scheme = secure ? 'https' : 'http';
  const fallback = authorityOf(open.host, open.port, secure);
  const absolute = aim.method === 'CONNECT' ? null : ABSOLUTE.exec(aim.target);
  const stated = aim.method === 'CONNECT' ? aim.target : absolute ? (absolute[1] ?? '') : aim.authority;
  if (absolute !== null && aim.authority !== null && canonical(aim.authority, secure) !== canonical(stated ?? '', secure))
    warnings.add('host-mismatch', `target ${stated}, Host ${aim.authority}`);
  let authority = fallback;
  if (stated !== null && stated !== '') {
    if (AUTHORITY.test(withoutUser(stated))) authority = withoutUser(stated);
    else warnings.add('invalid-host', stated);
    if (aim.method !== 'CONNECT') compare(open, stated, secure, warnings);
  }
  if (absolute !== null) return ascii(aim.target);
  if (aim.method === 'CONNECT' || aim.target === '*') return `${scheme}://${ascii(authority)}/`;
  return `${scheme}://${ascii(authority)}${aim.target.startsWith('/') ? '' : '/'}${ascii(aim.target)}`;
}

/** Whether two authorities lead to the same place. */
export function sameAuthority(a: string, b: string, secure: boolean): boolean {
  return canonical(a, secure) === canonical(b, secure);
}

function compare(open: TapOpen, stated: string, secure: boolean, warnings: Warnings): void {
  const host = canonical(withoutUser(stated), secure);
  if (host === canonical(authorityOf(open.host, open.port, secure), secure)) return;
  // HTTPDNS, common in Chinese apps: the phone dials an address it resolved itself and names the host in SNI and Host alike.
  if (isIP(open.host) !== 0 && open.sni !== null && host === canonical(authorityOf(open.sni, open.port, secure), secure)) return;
  warnings.add('host-mismatch', `connected to ${open.host}:${open.port}, SNI ${open.sni ?? 'none'}, Host ${stated}`);
}

function authorityOf(host: string, port: number, secure: boolean): string {
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return port === (secure ? 443 : 80) ? name : `${name}:${port}`;
}

function canonical(authority: string, secure: boolean): string {
  return authority
    .toLowerCase()
    .replace(secure ? /:(?:443)?$/ : /:(?:80)?$/, '')
    .replace(/\.(?=$|:\d+$)/, '');
}

function withoutUser(authority: string): string {
  return authority.slice(authority.lastIndexOf('@') + 1);
}

function ascii(text: string): string {
  return text.replace(/[^\x21-\x7e]|#/g, (character) => `%${(character.charCodeAt(0) & 0xff).toString(16).toUpperCase().padStart(2, '0')}`);
}
