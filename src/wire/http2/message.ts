import type { Headers } from '../../model/exchange.js';
import type { TapOpen } from '../../model/tap.js';
import { targetUrl } from '../address.js';
import type { RequestHead, ResponseHead } from '../call.js';
import { headerValue, headerValues, trimOws } from '../headers.js';
import type { Warnings } from '../warnings.js';

export interface Http2Request {
  readonly head: RequestHead;
  /** `websocket`, another `:protocol`, `connect` for a plain CONNECT; null for an ordinary request. */
  readonly tunnel: string | null;
}

/**
 * A request from its field list (RFC 9113 section 8.3.1). Pseudo fields are taken out where they stand elsewhere in the record; `:protocol`
 * (RFC 8441), one that nobody knows and one that is given again have no other place, and what they say was sent like the rest.
 */
export function requestOf(open: TapOpen, fields: Headers, warnings: Warnings): Http2Request {
  checkPseudo(fields, [':method', ':scheme', ':authority', ':path', ':protocol'], warnings);
  const method = headerValue(fields, ':method') ?? '';
  const path = headerValue(fields, ':path');
  const scheme = headerValue(fields, ':scheme') ?? '';
  const protocol = headerValue(fields, ':protocol');
  const host = headerValue(fields, 'host');
  const authority = headerValue(fields, ':authority') ?? host;
  const connect = method === 'CONNECT' && protocol === null;
  if (method === '' || (path === null && !connect) || (connect && authority === null))
    warnings.add('malformed-pseudo-fields', 'a required pseudo field is missing');
  if (host !== null && authority !== null && host.toLowerCase() !== authority.toLowerCase())
    warnings.add('host-mismatch', `:authority ${authority}, host ${host}`);
  const target = connect ? (authority ?? '') : (path ?? '/');
  const url = targetUrl(open, { method: connect ? 'CONNECT' : 'GET', target, authority }, warnings);
  const elsewhere = new Set([':method', ':authority', ...(connect ? [] : [':path']), ...(/^https?$/i.test(scheme) ? [':scheme'] : [])]);
  const headers = fields.filter(([name]) => !elsewhere.delete(name));
  return { head: { method, target, url, httpVersion: '2', headers }, tunnel: connect ? 'connect' : method === 'CONNECT' ? protocol : null };
}

/** A response; status 0 when the field list has none. */
export function responseOf(fields: Headers, warnings: Warnings): ResponseHead {
  checkPseudo(fields, [':status'], warnings);
  const status = headerValue(fields, ':status') ?? '';
  if (!/^\d{3}$/.test(status)) warnings.add('invalid-status', status);
  return {
    status: /^\d{3}$/.test(status) ? Number(status) : 0,
    statusText: '',
    httpVersion: '2',
    headers: fields.filter(([name]) => !name.startsWith(':')),
  };
}

/** `content-length` that does not fit the DATA that came (RFC 9113 section 8.1.1). */
export function checkLength(headers: Headers, size: number, warnings: Warnings): void {
  for (const stated of headerValues(headers, 'content-length'))
    if (trimOws(stated) !== String(size)) warnings.add('content-length-mismatch', `stated ${stated}, came ${size}`);
}

function checkPseudo(fields: Headers, known: readonly string[], warnings: Warnings): void {
  const seen = new Set<string>();
  let ordinary = false;
  for (const [name] of fields) {
    if (!name.startsWith(':')) {
      ordinary = true;
      continue;
    }
    if (ordinary || seen.has(name) || !known.includes(name)) warnings.add('malformed-pseudo-fields', name);
    seen.add(name);
  }
}
