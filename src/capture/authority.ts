/** Reads `host:port` as clients write it: IPv6 in brackets (Node's package splits at the first colon and loses them), IDN as UTF-8. */
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import type { HostPort } from './address-policy.js';

/**
 * @param text the authority of a CONNECT, SOCKS or absolute target, as latin1; user information before `@` is left out (RFC 9110 section 4.2.4).
 * @param defaultPort null where a port is demanded.
 * @returns host without brackets, lower case, in ASCII; null where it cannot be read.
 */
export function readAuthority(text: string, defaultPort: number | null): HostPort | null {
  const match = /^(?:[^@]*@)?(?:\[([0-9A-Fa-f:.]+)\]|([^:@[\]]+))(?::(\d{0,5}))?$/.exec(text);
  if (match === null) return null;
  const [, literal, name, digits] = match;
  const port = digits === undefined || digits === '' ? defaultPort : Number(digits);
  if (port === null || port < 1 || port > 65_535) return null;
  if (literal !== undefined) return isIP(literal) === 6 ? { host: literal.toLowerCase(), port } : null;
  if (name === undefined) return null;
  const ascii = /[\x80-\xff]/.test(name) ? domainToASCII(Buffer.from(name, 'latin1').toString('utf8')) : name;
  return ascii === '' ? null : { host: ascii.toLowerCase(), port };
}

/** For URLs and Host headers. */
export function writeAuthority(host: string, port: number, defaultPort: number): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === defaultPort ? name : `${name}:${port}`;
}
