import type { TapOpen } from '../../model/tap.js';
import { sameAuthority, targetUrl } from '../address.js';
import type { RequestHead } from '../call.js';
import { headerValues } from '../headers.js';
import type { Warnings } from '../warnings.js';
import { type Framing, requestFramings, sameFraming } from './framing.js';
import { isAmbiguous, parseHead, type Reading, recorded } from './head.js';
import { parseRequestLine } from './start-line.js';

/** One way to understand a request head, with the end of its body. */
export interface Understanding {
  readonly head: RequestHead;
  readonly framing: Framing;
}

export interface RequestReading {
  readonly usual: Understanding;
  readonly others: readonly Understanding[];
}

/**
 * Reads a request head in every way that a server behind the proxy may read it.
 * @returns null when it is not an HTTP/1 request.
 */
export function readRequestHead(open: TapOpen, bytes: Uint8Array, warnings: Warnings): RequestReading | null {
  const usual = understand(open, bytes, 'usual', warnings);
  if (usual === null) return null;
  const others: Understanding[] = usual.framings.others.map((framing) => ({ head: usual.head, framing }));
  const hosts = headerValues(usual.headers, 'host');
  if (hosts.length === 0 && usual.head.httpVersion === '1.1') warnings.add('missing-host', usual.head.target);
  if (hosts.length > 1) {
    warnings.add('duplicate-host', hosts.join(', '));
    const second = hosts.find((host) => !sameAuthority(host, hosts[0] ?? '', open.layer === 'tls'));
    if (second !== undefined) {
      const { method, target } = usual.head;
      const url = targetUrl(open, { method, target, authority: second }, warnings);
      if (url !== usual.head.url) others.push({ head: { ...usual.head, url }, framing: usual.framings.usual });
    }
  }
  if (isAmbiguous(warnings)) {
    const other = understand(open, bytes, 'other', warnings);
    if (other !== null && (other.head.url !== usual.head.url || !sameFraming(other.framings.usual, usual.framings.usual)))
      others.push({ head: other.head, framing: other.framings.usual });
  }
  return { usual: { head: usual.head, framing: usual.framings.usual }, others };
}

function understand(open: TapOpen, bytes: Uint8Array, reading: Reading, warnings: Warnings) {
  const { startLine, headers } = parseHead(bytes, reading, warnings);
  const line = parseRequestLine(startLine, warnings);
  if (line === null) return null;
  const authority = headerValues(headers, 'host')[0] ?? null;
  const url = targetUrl(open, { method: line.method, target: line.target, authority }, warnings);
  const framings = requestFramings(headers, line.httpVersion, warnings);
  const head: RequestHead = {
    method: line.method,
    target: line.target,
    url,
    httpVersion: line.httpVersion,
    headers: recorded(headers, warnings),
  };
  // The body of CONNECT has no meaning; what follows belongs to the tunnel (RFC 9110 section 9.3.6).
  return line.method === 'CONNECT'
    ? { head, headers, framings: { usual: { kind: 'none' } as const, others: [] } }
    : { head, headers, framings };
}
